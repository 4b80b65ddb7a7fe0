package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is asked and written down, and in which order. */
class HandsTest {

    private static final Line LINE = Situation.line(1, OrderState.IN_CART, Situation.MAIN.id(), 10L);
    private static final Action.Pay PAY = new Action.Pay(
            List.of(new PaidLine(1, LINE.orderId(), 10, Situation.PRICE)), Situation.PRICE, Situation.NOW);

    private static final CartItem.Purchased BOUGHT = new CartItem.Purchased(Situation.NOW, true, new UUID(5, 5));

    private final Situation situation = new Situation();
    private final OnPaper paper = new OnPaper(situation.settings);

    @Test
    void a_quote_that_is_older_than_two_seconds_is_not_paid() {
        paper.nanos = Duration.ofMillis(2001).toNanos();

        hands().till().pay(PAY);

        assertThat(paper.calls).isEmpty();
    }

    @Test
    void what_took_two_seconds_to_be_written_down_is_not_sent() {
        paper.whileWriting = Duration.ofSeconds(2);
        Hands hands = hands();

        hands.till().pay(PAY);

        assertThat(paper.calls).containsExactly("writeDown");
        assertThat(hands.turn().seen().paid().answer()).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void a_checkout_in_doubt_is_not_asked_about_with_a_key_of_somebody_else() {
        paper.answers.put("identity", new Answer.Done<>(new CoCalc.Identity(new UUID(9, 9), null)));
        Hands hands = hands();

        hands.readingBack()
                .readBack(new Action.ReadBack(new Checkout(
                        7, Checkout.State.DISARMED, Situation.NOW, Situation.NOW, PAY.lines(), Situation.NOW)));

        assertThat(paper.calls).containsExactly("identity");
        assertThat(hands.turn().seen().readBack()).isEmpty();
    }

    @Test
    void the_cart_is_read_before_what_was_bought_so_that_what_is_bought_meanwhile_is_in_one_of_them() {
        paper.answers.put("cart", new Answer.Done<>(List.of(item(99, null))));
        paper.answers.put("recentPurchases", new Answer.Done<>(List.of(item(10, BOUGHT))));

        hands().lookout().look();

        assertThat(paper.calls).containsExactly("cart", "recentPurchases", "looked");
    }

    @Test
    void a_look_counts_for_the_orders_that_were_to_be_cancelled_by_then() {
        Line asked = Situation.askedToCancel(LINE);
        situation.bound.add(asked);
        situation.bound.add(Situation.line(2, OrderState.IN_CART, Situation.MAIN.id(), 20L));
        paper.answers.put("cart", new Answer.Done<>(List.of(item(99, null))));
        paper.answers.put("recentPurchases", new Answer.Done<>(List.of(item(10, BOUGHT))));
        Hands hands = hands();

        hands.lookout().look();

        assertThat(hands.turn().seen().isLookedFor(asked)).isTrue();
        assertThat(hands.turn().seen().isLookedFor(situation.bound.get(1))).isFalse();
    }

    @Test
    void ticks_of_others_are_written_down_before_they_are_taken_away() {
        paper.answers.put("tick", new Answer.Done<>(1));

        hands().ticks().untick(new Action.Untick(List.of(item(99, null))));

        assertThat(paper.calls).containsExactly("noteTicks", "tick");
    }

    @Test
    void a_disarm_takes_every_tick_away_after_those_of_others_were_written_down() {
        paper.answers.put("cart", new Answer.Done<>(List.of(item(10, null), item(99, null))));
        paper.answers.put("untickAll", new Answer.Done<>(2));

        hands().ticks()
                .disarm(new Action.Disarm(
                        new Checkout(7, Checkout.State.DOUBTED, Situation.NOW, null, PAY.lines(), Situation.NOW)));

        assertThat(paper.calls).containsExactly("cart", "noteTicks", "untickAll", "disarmed");
        assertThat(paper.told).as("ours are not put back").containsExactly(item(99, null));
    }

    @Test
    void that_a_tick_is_put_back_is_written_down_before_and_after() {
        paper.answers.put("tick", new Answer.Done<>(1));

        hands().ticks().retick(new Action.Retick(Set.of(99L)));

        assertThat(paper.calls).containsExactly("noteRetick", "tick", "tickRestored");
    }

    @Test
    void why_an_order_is_held_is_written_down_before_its_item_is_removed_and_that_it_was_before_the_order_is_held() {
        paper.answers.put("remove", new Answer.Done<>(1));

        hands().takingOut()
                .hold(new Action.Hold(
                        List.of(new Action.Hold.Held(LINE, "over_day_budget", "too dear", Situation.PRICE))));

        assertThat(paper.calls).containsExactly("holding", "remove", "removed", "hold");
    }

    @Test
    void why_an_order_is_rejected_is_written_down_before_its_item_is_removed() {
        paper.answers.put("remove", new Answer.Done<>(1));

        hands().takingOut().reject(new Action.Reject(LINE, "not sold"));

        assertThat(paper.calls).containsExactly("holding", "remove", "removed", "reject");
    }

    @Test
    void an_item_that_could_not_be_removed_because_somebody_has_bought_it_leaves_its_order_where_it_is() {
        paper.answers.put("remove", new Answer.Done<>(0));
        paper.answers.put("cartItem", new Answer.Done<>(item(10, BOUGHT)));

        hands().takingOut()
                .hold(new Action.Hold(
                        List.of(new Action.Hold.Held(LINE, "over_day_budget", "too dear", Situation.PRICE))));

        assertThat(paper.calls).doesNotContain("removed");
        assertThat(paper.told).isEmpty();
    }

    @Test
    void an_order_whose_item_reads_as_bought_is_settled_and_not_cancelled() {
        paper.answers.put("cartItem", new Answer.Done<>(item(10, BOUGHT)));

        hands().examining().cancel(new Action.Cancel(List.of(LINE)));

        assertThat(paper.told).singleElement().isInstanceOf(Bought.class);
    }

    @Test
    void an_order_whose_item_is_gone_because_somebody_has_bought_it_is_settled() {
        paper.answers.put("cartItem", new Answer.Done<>(item(10, BOUGHT)));

        hands().examining().examine(new Action.Examine(List.of(LINE)));

        assertThat(paper.told).singleElement().isInstanceOfSatisfying(Bought.class, bought -> assertThat(
                        bought.license())
                .isEqualTo(BOUGHT.licenseId()));
    }

    @Test
    void an_item_that_waits_for_a_card_payment_is_not_taken_for_unbought() {
        paper.answers.put("cartItem", new Answer.Done<>(item(10, new CartItem.Purchased(null, false, null))));

        hands().examining().examine(new Action.Examine(List.of(LINE)));
        hands().examining().cancel(new Action.Cancel(List.of(LINE)));

        assertThat(paper.told).hasSize(2).allSatisfy(told -> assertThat(told)
                .isInstanceOfSatisfying(
                        Action.Hold.Held.class, held -> assertThat(held.code()).isEqualTo("payment_pending")));
    }

    @Test
    void that_a_surplus_item_is_removed_is_written_down_before_and_after() {
        paper.answers.put("remove", new Answer.Unknown<>("lost"));

        hands().takingOut().removeExtra(new Action.RemoveExtra(Map.of(11L, LINE)));

        assertThat(paper.calls).containsExactly("removed", "remove", "removed");
    }

    @Test
    void a_ledger_that_lacks_an_item_is_no_read_back_and_the_cart_items_are_asked() {
        paper.answers.put("purchases", new Answer.Done<>(new CoCalc.LedgerPage(List.of(), null)));
        paper.answers.put("recentPurchases", new Answer.Done<>(List.of(item(10, BOUGHT))));
        Hands hands = hands();

        hands.readingBack()
                .readBack(new Action.ReadBack(
                        new Checkout(7, Checkout.State.PAYING, Situation.NOW, null, PAY.lines(), Situation.NOW)));

        assertThat(hands.turn().seen().readBack()).contains(List.of(item(10, BOUGHT)));
    }

    @Test
    void an_item_that_nobody_answers_for_leaves_its_checkout_unread() {
        paper.answers.put("identity", new Answer.Done<>(new CoCalc.Identity(Situation.MAIN.id(), null)));
        paper.answers.put("recentPurchases", new Answer.Done<>(List.of()));
        paper.answers.put("cartItem", new Answer.Unknown<>("lost"));
        Hands hands = hands();

        hands.readingBack()
                .readBack(new Action.ReadBack(new Checkout(
                        7, Checkout.State.DISARMED, Situation.NOW, Situation.NOW, PAY.lines(), Situation.NOW)));

        assertThat(hands.turn().seen().readBack()).isEmpty();
        assertThat(paper.calls).doesNotContain("looked");
    }

    private static CartItem item(long id, CartItem.Purchased purchased) {
        return new CartItem(id, Instant.EPOCH, true, CartItem.SITE_LICENSE, Optional.empty(), "mine", null, purchased);
    }

    private Hands hands() {
        return Hands.of(new Turn(paper.desk(), new Lease(Situation.MAIN, 1), situation.standing(), Seen.NOTHING, 0));
    }
}
