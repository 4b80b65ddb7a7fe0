package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is asked and written down, and in which order. */
class HandsTest {

    private static final Line LINE = Situation.line(1, OrderState.IN_CART, Situation.MAIN.id(), 10L);
    private static final Action.Pay PAY = new Action.Pay(
            List.of(new PaidLine(1, LINE.orderId(), 10, Situation.PRICE)), Situation.PRICE, Situation.NOW);

    private static final CartItem.Purchased BOUGHT = new CartItem.Purchased(Situation.NOW, true, new UUID(5, 5));

    /** What the books were told to hold or to cancel. */
    private final List<Object> held = new ArrayList<>();

    private final Situation situation = new Situation();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Object> answers = new HashMap<>(Map.of("writeDown", OptionalLong.of(7)));
    private final Clockwork time = new Clockwork();

    @Test
    void a_quote_that_is_older_than_two_seconds_is_not_paid() {
        time.nanos = Duration.ofMillis(2001).toNanos();

        hands().till().pay(PAY);

        assertThat(calls).isEmpty();
    }

    @Test
    void what_took_two_seconds_to_be_written_down_is_not_sent() {
        time.whileWriting = Duration.ofSeconds(2);
        Hands hands = hands();

        hands.till().pay(PAY);

        assertThat(calls).containsExactly("writeDown");
        assertThat(hands.turn().seen().paid().answer()).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void a_checkout_in_doubt_is_not_asked_about_with_a_key_of_somebody_else() {
        answers.put("identity", new Answer.Done<>(new CoCalc.Identity(new UUID(9, 9), null)));
        Hands hands = hands();

        hands.readingBack()
                .readBack(new Action.ReadBack(new Checkout(
                        7, Checkout.State.DISARMED, Situation.NOW, Situation.NOW, PAY.lines(), Situation.NOW)));

        assertThat(calls).containsExactly("identity");
        assertThat(hands.turn().seen().readBack()).isEmpty();
    }

    @Test
    void the_cart_is_read_before_what_was_bought_so_that_what_is_bought_meanwhile_is_in_one_of_them() {
        answers.put("cart", new Answer.Done<>(List.of(item(99, null))));
        answers.put("recentPurchases", new Answer.Done<>(List.of(item(10, BOUGHT))));

        hands().lookout().look();

        assertThat(calls).containsExactly("cart", "recentPurchases", "looked");
    }

    @Test
    void ticks_of_others_are_written_down_before_they_are_taken_away() {
        answers.put("tick", new Answer.Done<>(1));

        hands().ticks().untick(new Action.Untick(List.of(item(99, null))));

        assertThat(calls).containsExactly("noteTicks", "tick");
    }

    @Test
    void a_disarm_takes_every_tick_away_after_those_of_others_were_written_down() {
        answers.put("cart", new Answer.Done<>(List.of(item(99, null))));
        answers.put("untickAll", new Answer.Done<>(2));

        hands().ticks()
                .disarm(new Action.Disarm(
                        new Checkout(7, Checkout.State.DOUBTED, Situation.NOW, null, PAY.lines(), Situation.NOW)));

        assertThat(calls).containsExactly("cart", "noteTicks", "untickAll", "disarmed");
    }

    @Test
    void an_item_that_could_not_be_removed_because_somebody_has_bought_it_leaves_its_order_where_it_is() {
        answers.put("remove", new Answer.Done<>(0));
        answers.put("cartItem", new Answer.Done<>(item(10, BOUGHT)));

        hands().takingOut()
                .hold(new Action.Hold(
                        List.of(new Action.Hold.Held(LINE, "over_day_budget", "too dear", Situation.PRICE))));

        assertThat(calls).doesNotContain("removed");
        assertThat(held).isEmpty();
    }

    @Test
    void an_order_whose_item_reads_as_bought_is_settled_and_not_cancelled() {
        answers.put("cartItem", new Answer.Done<>(item(10, BOUGHT)));

        hands().examining().cancel(new Action.Cancel(List.of(LINE)));

        assertThat(held).isEmpty();
    }

    private static CartItem item(long id, CartItem.Purchased purchased) {
        return new CartItem(id, Instant.EPOCH, true, CartItem.SITE_LICENSE, Optional.empty(), "mine", null, purchased);
    }

    private Hands hands() {
        Store store = new Store(
                recorded(Leases.class),
                recorded(Standings.class),
                recorded(Books.class),
                recorded(BoughtItems.class),
                recorded(ForeignTicks.class),
                recorded(AddIntents.class),
                recorded(Checkouts.class),
                recorded(AccountBook.class),
                recorded(Bills.class));
        Simulation simulation = new Simulation(1, PlantedBug.NONE);
        Accounts accounts = new Accounts(
                new SimDoor(simulation.time, simulation.world, simulation.faults, simulation.oracle, PlantedBug.NONE));
        Desk desk =
                new Desk(recorded(CoCalc.class), store, accounts, situation.settings, time, new Trouble(), () -> {});
        return Hands.of(new Turn(desk, new Lease(Situation.MAIN, 1), situation.standing(), Seen.NOTHING, 0));
    }

    private <T> T recorded(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            calls.add(method.getName());
            if (List.of("hold", "cancel").contains(method.getName())) {
                held.addAll((Collection<?>) args[1]);
            }
            time.nanos += method.getName().equals("writeDown") ? time.whileWriting.toNanos() : 0;
            return answers.get(method.getName());
        }));
    }

    private static final class Clockwork implements Pacing {
        private long nanos;
        private Duration whileWriting = Duration.ZERO;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public boolean pass(Duration time) {
            return true;
        }

        @Override
        public boolean isStopping() {
            return false;
        }
    }
}
