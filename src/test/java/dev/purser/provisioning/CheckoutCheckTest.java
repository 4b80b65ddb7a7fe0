package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.MAIN;
import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.foreign;
import static dev.purser.provisioning.Situation.purchased;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.Refusal;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.Checkout.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckoutCheckTest {

    private final Situation situation = new Situation();

    @BeforeEach
    void two_orders_are_being_paid() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.open(State.PAYING, null);
    }

    @Test
    void a_checkout_whose_answer_nobody_has_is_doubted() {
        assertThat(situation.decide()).isInstanceOf(Action.Doubt.class);
    }

    @Test
    void the_answer_to_another_checkout_says_nothing_about_this_one() {
        situation.paid = new Seen.Paid(8, new Answer.Done<>(true));

        assertThat(situation.decide()).isInstanceOf(Action.Doubt.class);
    }

    @Test
    void success_is_read_back_before_it_is_believed() {
        situation.answered(new Answer.Done<>(true));

        assertThat(situation.decide()).isInstanceOf(Action.ReadBack.class);
    }

    @Test
    void what_reads_as_bought_is_settled() {
        situation.answered(new Answer.Done<>(true));
        situation.readBack = bought(situation.cart);

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> {
            assertThat(close.bought()).hasSize(2);
            assertThat(close.notBought()).isEmpty();
            assertThat(close.pause()).isNull();
        });
    }

    @Test
    void a_success_that_left_an_item_unbought_is_doubted() {
        situation.answered(new Answer.Done<>(true));
        situation.readBack = Stream.of(purchased(situation.cart.get(0), NOW), situation.cart.get(1))
                .toList();

        assertThat(situation.decide()).isInstanceOf(Action.Doubt.class);
    }

    @Test
    void a_foreign_item_bought_at_the_same_instant_pauses_the_account() {
        situation.answered(new Answer.Done<>(true));
        situation.readBack = Stream.concat(
                        bought(situation.cart).stream(), Stream.of(purchased(foreign(99, true), NOW)))
                .toList();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .contains("99"));
    }

    @Test
    void a_foreign_item_bought_while_ours_was_on_its_way_pauses_the_account() {
        situation.answered(new Answer.Done<>(true));
        situation.readBack = Stream.concat(
                        bought(situation.cart).stream(), Stream.of(purchased(foreign(99, true), NOW.minusMillis(1))))
                .toList();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .contains("99"));
    }

    @Test
    void a_foreign_item_bought_before_is_somebodys_own_business() {
        situation.answered(new Answer.Done<>(true));
        situation.readBack = Stream.concat(
                        bought(situation.cart).stream(), Stream.of(purchased(foreign(99, true), NOW.minusSeconds(6))))
                .toList();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .isNull());
    }

    static Stream<Answer<Boolean>> answersAfterWhichNothingWasBought() {
        return Stream.of(
                new Answer.Refused<>(Refusal.INSUFFICIENT_CREDIT, "Insufficient credit"),
                new Answer.Refused<>(Refusal.BAD_ITEM, "unknown user undefined"),
                new Answer.Refused<>(Refusal.NOT_SERVED, "404"),
                new Answer.NotSignedIn<>("must be signed in"),
                new Answer.NotSent<>("connection refused"),
                new Answer.Throttled<>(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("answersAfterWhichNothingWasBought")
    void a_listed_refusal_calls_the_checkout_off(Answer<Boolean> answer) {
        situation.answered(answer);

        assertThat(situation.decide()).isInstanceOf(Action.CallOff.class);
    }

    static Stream<Answer<Boolean>> answersThatLeaveADoubt() {
        return Stream.of(
                new Answer.Unknown<>("no answer within 10 s"),
                new Answer.Refused<>(Refusal.UNLISTED, "something new"),
                new Answer.Refused<>(Refusal.DATABASE_DOWN, "connect ECONNREFUSED"),
                new Answer.Refused<>(Refusal.NOT_FOUND, "no item with id 3"));
    }

    @ParameterizedTest
    @MethodSource("answersThatLeaveADoubt")
    void any_other_answer_is_doubted(Answer<Boolean> answer) {
        situation.answered(answer);

        assertThat(situation.decide()).isInstanceOf(Action.Doubt.class);
    }

    @Test
    void a_doubted_checkout_is_disarmed_first() {
        doubted(State.DOUBTED, null);

        assertThat(situation.decide()).isInstanceOf(Action.Disarm.class);
    }

    @Test
    void nothing_is_asked_before_the_quiet_time_after_the_disarm_is_over() {
        doubted(State.DISARMED, Duration.ofSeconds(69));
        situation.readBack = situation.cart;

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void after_the_quiet_time_it_is_asked_and_never_paid() {
        doubted(State.DISARMED, Duration.ofSeconds(70));

        assertThat(situation.decide()).isInstanceOf(Action.ReadBack.class);
    }

    @Test
    void what_was_bought_is_settled_and_the_rest_goes_back_with_the_same_item() {
        doubted(State.DISARMED, Duration.ofSeconds(70));
        situation.readBack = Stream.of(purchased(situation.cart.get(0), NOW), situation.cart.get(1))
                .toList();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> {
            assertThat(close.bought()).singleElement().satisfies(b -> assertThat(b.itemId())
                    .isEqualTo(10));
            assertThat(close.notBought()).singleElement().satisfies(l -> assertThat(l.itemId())
                    .isEqualTo(20));
        });
    }

    /** The network added again what had been taken out, between the quote and the payment. */
    @Test
    void an_item_of_ours_that_was_to_be_bought_by_no_checkout_and_was_since_pauses_the_account() {
        doubted(State.DISARMED, Duration.ofSeconds(70));
        Line line = Situation.line(3, OrderState.HELD, MAIN.id(), 29L);
        situation.readBack = List.of(purchased(situation.item(30, line), NOW.minusSeconds(2)));

        situation.others.add(line);
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .contains("30"));

        // Somebody has put back what was taken out for good.
        situation.others.set(0, Situation.line(3, OrderState.CANCELLED, MAIN.id(), 29L));
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .contains("30"));

        // It was bought with another item before: somebody has put the surplus one back.
        situation.others.set(0, Situation.line(3, OrderState.PURCHASED, MAIN.id(), 29L));
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .contains("30"));

        situation.others.set(0, Situation.line(3, OrderState.PURCHASED, MAIN.id(), 30L));
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .isNull());
    }

    @Test
    void somebodys_item_that_was_bought_while_a_checkout_was_in_doubt_may_have_been_bought_by_it() {
        doubted(State.DISARMED, Duration.ofSeconds(70));
        situation.readBack = Stream.concat(
                        bought(situation.cart).stream(), Stream.of(purchased(foreign(99, true), NOW.minusSeconds(2))))
                .toList();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Close.class, close -> assertThat(close.pause())
                .contains("[99]")
                .contains("or before it was proven"));
    }

    @Test
    void an_item_that_waits_for_a_card_payment_stays_unknown() {
        doubted(State.DISARMED, Duration.ofSeconds(70));
        CartItem first = situation.cart.get(0);
        CartItem waiting = new CartItem(
                first.id(),
                first.added(),
                false,
                first.product(),
                first.spec(),
                first.description(),
                null,
                new CartItem.Purchased(null, false, null));
        situation.readBack = List.of(waiting, situation.cart.get(1));

        assertThat(situation.decide()).isEqualTo(new Action.Wait(Duration.ofSeconds(10), true));
        situation.bound.replaceAll(Situation::parked);
        assertThat(situation.decide()).isEqualTo(new Action.Wait(Duration.ofMinutes(1), true));
    }

    private void doubted(State state, Duration sinceDisarm) {
        situation.checkout = java.util.Optional.empty();
        situation.open(state, sinceDisarm == null ? null : NOW.minus(sinceDisarm));
    }

    private static List<CartItem> bought(List<CartItem> items) {
        return items.stream().map(item -> purchased(item, NOW)).toList();
    }
}
