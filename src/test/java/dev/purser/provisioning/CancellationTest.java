package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.MAIN;
import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.OpenAdd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a wish to cancel, wherever the order is. */
class CancellationTest {

    private final Situation situation = new Situation();

    @Test
    void an_order_that_is_to_be_cancelled_is_taken_out_of_the_cart_instead_of_paid() {
        Line line = asked(situation.inCart(1, 10));
        situation.quoteTheCart();

        assertThat(situation.decide()).isEqualTo(new Action.TakeOut(List.of(line)));
    }

    @Test
    void a_paused_account_still_cancels() {
        Line line = asked(situation.inCart(1, 10));
        situation.paused = true;
        situation.cartCurrent = false;
        assertThat(situation.decide()).isEqualTo(new Action.ReadCart());

        situation.cartCurrent = true;
        assertThat(situation.decide()).isEqualTo(new Action.TakeOut(List.of(line)));
    }

    @Test
    void an_order_whose_addition_may_still_arrive_is_neither_added_again_nor_cancelled() {
        situation.bound.add(asked(line(1, OrderState.RESOLVED, MAIN.id(), null)));
        situation.openAdds.add(new OpenAdd(1, NOW.minusSeconds(1)));

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void also_on_a_paused_account_an_addition_that_cannot_arrive_any_more_holds_up_no_cancellation() {
        situation.bound.add(asked(line(1, OrderState.RESOLVED, MAIN.id(), null)));
        OpenAdd lost = new OpenAdd(1, NOW.minusSeconds(85));
        situation.openAdds.add(lost);
        situation.paused = true;
        assertThat(situation.decide()).isEqualTo(new Action.GiveUpAdds(List.of(lost)));

        situation.bound.set(0, line(1, OrderState.RESOLVED, MAIN.id(), null));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void orders_are_cancelled_a_batch_at_a_time() {
        for (int i = 1; i <= 16; i++) {
            situation.bound.add(asked(line(i, OrderState.RESOLVED, MAIN.id(), null)));
        }

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Cancel.class, cancel -> assertThat(cancel.orders())
                .hasSize(15));
    }

    @Test
    void an_addition_that_arrived_after_the_wish_to_cancel_is_adopted_so_that_its_removal_is_answered() {
        Line line = asked(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.bound.add(line);
        situation.cart.add(situation.item(10, line));

        assertThat(situation.decide()).isEqualTo(new Action.Adopt(Map.of(line, situation.cart.get(0))));
    }

    @Test
    void an_order_that_was_added_and_is_in_no_cart_is_cancelled_only_after_a_look_at_what_was_bought() {
        Line line = asked(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.bound.add(line);
        situation.addedSinceLook.put(1L, NOW);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.addedSinceLook.clear();
        assertThat(situation.decide()).isEqualTo(new Action.Cancel(List.of(line)));
    }

    @Test
    void an_order_whose_item_was_in_the_cart_at_the_last_look_is_cancelled_only_after_another_one() {
        Line line = asked(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.bound.add(line);
        situation.wasInCart(line);

        assertThat(situation.decide()).isEqualTo(new Action.Look());
    }

    @Test
    void
            an_order_is_cancelled_only_after_a_look_since_the_wish_for_somebody_may_have_put_an_old_item_back_and_paid_it() {
        Line line = asked(line(1, OrderState.RESOLVED, MAIN.id(), 10L));
        situation.bound.add(line);
        situation.lookedFor.clear();
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.lookedFor.add(1L);
        assertThat(situation.decide()).isEqualTo(new Action.Cancel(List.of(line)));
    }

    @Test
    void an_item_that_was_taken_out_and_that_somebody_put_back_is_taken_out_again() {
        Line line = asked(situation.inCart(1, 10));
        situation.takenOut(line, 10, NOW.minusSeconds(100));
        situation.wasInCart(line);
        assertThat(situation.decide()).isEqualTo(new Action.TakeOut(List.of(line)));

        situation.cart.clear();
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.inCart.clear();
        situation.lookedAt = NOW.minusSeconds(30);
        assertThat(situation.decide()).isEqualTo(new Action.Cancel(List.of(line)));
    }

    @Test
    void a_cancellation_is_final_when_nobodys_checkout_can_still_buy_the_removed_item() {
        Line line = asked(line(1, OrderState.IN_CART, MAIN.id(), 10L));
        situation.bound.add(line);
        situation.takenOut(line, 10, NOW.minusSeconds(69));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.takenOut(line, 10, NOW.minusSeconds(70));
        situation.lookedAt = NOW.minusMillis(1);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.lookedAt = NOW;
        assertThat(situation.decide()).isEqualTo(new Action.Cancel(List.of(line)));
    }

    @Test
    void a_cancellation_waits_for_each_item_that_was_taken_out() {
        Line line = asked(line(1, OrderState.IN_CART, MAIN.id(), 10L));
        situation.bound.add(line);
        situation.takenOut(line, 10, NOW.minusSeconds(100));
        situation.takenOut(line, 11, NOW.minusSeconds(69));
        situation.lookedAt = NOW;

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void an_order_to_be_cancelled_whose_item_is_gone_may_have_been_bought() {
        Line line = asked(line(1, OrderState.IN_CART, MAIN.id(), 10L));
        situation.bound.add(line);

        assertThat(situation.decide()).isEqualTo(new Action.Examine(List.of(line)));
    }

    @Test
    void a_second_item_of_an_order_to_be_cancelled_is_removed_first() {
        Line line = asked(situation.inCart(1, 10));
        situation.cart.add(situation.item(11, line));

        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(Map.of(11L, line)));
    }

    @Test
    void an_open_checkout_is_resolved_before_one_of_its_orders_is_cancelled() {
        situation.inCart(1, 10);
        situation.open(Standing.Checkout.State.DOUBTED, null);
        situation.bound.replaceAll(Situation::askedToCancel);

        assertThat(situation.decide()).isInstanceOf(Action.Disarm.class);
    }

    /** Of a line that stands among the bound ones, too. */
    private Line asked(Line line) {
        Line asked = Situation.askedToCancel(line);
        situation.lookedFor.add(line.ref());
        situation.bound.replaceAll(each -> each.equals(line) ? asked : each);
        return asked;
    }
}
