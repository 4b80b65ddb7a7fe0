package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.MAIN;
import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.OTHER;
import static dev.purser.provisioning.Situation.foreign;
import static dev.purser.provisioning.Situation.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.OpenAdd;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CartCheckTest {

    private final Situation situation = new Situation();

    @Test
    void while_a_tick_may_still_be_put_back_nothing_is_paid() {
        situation.inCart(1, 10);
        situation.retickedAt = NOW.minusSeconds(69);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.retickedAt = NOW.minusSeconds(70);
        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());
    }

    @Test
    void ticks_are_put_back_only_when_no_second_delivery_of_a_payment_can_take_them_along() {
        situation.foreignTicks.add(99L);
        situation.bill = new Bill(NOW, NOW, Optional.empty());
        situation.unproven.add(new Standing.Unproven(9, true, NOW.minusSeconds(69), NOW, List.of(), Set.of()));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.unproven.clear();
        situation.unproven.add(new Standing.Unproven(9, true, NOW.minusSeconds(70), NOW, List.of(), Set.of()));
        assertThat(situation.decide()).isInstanceOf(Action.Retick.class);
    }

    @Test
    void a_tick_that_may_still_be_on_its_way_is_not_put_back_again() {
        situation.foreignTicks.add(99L);
        situation.retickedAt = NOW.minusSeconds(69);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.retickedAt = NOW.minusSeconds(70);
        assertThat(situation.decide()).isInstanceOf(Action.Retick.class);
    }

    @Test
    void an_addition_that_arrived_is_adopted() {
        Line lost = line(1, OrderState.RESOLVED, MAIN.id(), null);
        situation.bound.add(lost);
        situation.openAdds.add(new OpenAdd(1, NOW.minusSeconds(1)));
        situation.cart.add(situation.item(10, lost));

        assertThat(situation.decide()).isEqualTo(new Action.Adopt(Map.of(lost, situation.cart.get(0))));
    }

    /** The network delivered its addition again, and a person's checkout may have bought the one that was taken out. */
    @Test
    void an_item_that_came_after_another_was_taken_out_is_removed_until_the_other_is_known_to_be_unbought() {
        Line line = line(1, OrderState.RESOLVED, MAIN.id(), 10L);
        situation.bound.add(line);
        situation.cart.add(situation.item(11, line));
        situation.takenOut(line, 10, NOW.minusSeconds(100));
        situation.lookedAt = NOW.minusSeconds(31);
        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(Map.of(11L, line)));

        situation.lookedAt = NOW.minusSeconds(30);
        assertThat(situation.decide()).isEqualTo(new Action.Adopt(Map.of(line, situation.cart.get(0))));
    }

    /** Somebody has put back what had been taken out before the order was added again, and may have bought what that brought. */
    @Test
    void an_item_that_is_older_than_what_its_order_was_added_for_last_is_neither_adopted_nor_paid_before_a_look() {
        Line line = line(1, OrderState.RESOLVED, MAIN.id(), null);
        situation.bound.add(line);
        situation.cart.add(situation.item(10, line));
        situation.addedSinceLook.put(1L, NOW.plusMillis(2001));
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.addedSinceLook.put(1L, NOW.plusSeconds(2));
        assertThat(situation.decide()).isInstanceOf(Action.Adopt.class);

        situation.bound.set(0, line(1, OrderState.IN_CART, MAIN.id(), 10L));
        situation.quoteTheCart();
        assertThat(situation.decide()).isInstanceOf(Action.Pay.class);

        situation.addedSinceLook.put(1L, NOW.plusMillis(2001));
        assertThat(situation.decide()).isEqualTo(new Action.Look());
    }

    /** Somebody's checkout may have begun with both. */
    @Test
    void an_order_of_which_another_item_was_taken_out_is_paid_when_that_one_is_known_to_be_unbought() {
        Line waits = situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.takenOut(waits, 11, NOW.minusSeconds(69));
        situation.quoteTheCart();
        assertThat(situation.decide()).isEqualTo(new Action.UntickOurs(List.of(10L)));

        situation.cart.set(0, Situation.item(10, waits.description(situation.settings), false, Situation.SPEC));
        situation.quoteTheCart();
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Pay.class, pay -> assertThat(pay.lines())
                .extracting(Standing.PaidLine::itemId)
                .containsExactly(20L));

        situation.takenOut(waits, 11, NOW.minusSeconds(70));
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.lookedAt = NOW;
        assertThat(situation.decide()).isEqualTo(new Action.TickOurs(List.of(10L)));
    }

    @Test
    void while_all_that_is_in_the_cart_waits_for_a_look_nothing_is_quoted() {
        Line waits = situation.inCart(1, 10);
        situation.takenOut(waits, 11, NOW.minusSeconds(69));
        situation.cart.set(0, Situation.item(10, waits.description(situation.settings), false, Situation.SPEC));

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_second_item_of_the_same_order_is_removed_before_anything_is_paid() {
        Line line = situation.inCart(1, 10);
        situation.cart.add(situation.item(11, line));
        situation.quoteTheCart();

        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(Map.of(11L, line)));
    }

    @Test
    void an_item_of_a_held_order_or_of_another_account_is_removed() {
        Line held = line(1, OrderState.HELD, MAIN.id(), 10L);
        Line elsewhere = line(2, OrderState.IN_CART, OTHER, 20L);
        situation.others.add(held);
        situation.others.add(elsewhere);
        situation.cart.add(situation.item(10, held));
        situation.cart.add(situation.item(20, elsewhere));

        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(Map.of(10L, held, 20L, elsewhere)));
    }

    @Test
    void somebody_elses_ticked_item_is_unticked_before_the_quote() {
        situation.inCart(1, 10);
        situation.cart.add(foreign(99, true));

        assertThat(situation.decide()).isEqualTo(new Action.Untick(Collections.singletonList(foreign(99, true))));
    }

    @Test
    void somebody_elses_cart_is_left_alone_while_we_buy_nothing() {
        situation.cart.add(foreign(99, true));

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void ticks_are_put_back_when_nothing_of_ours_is_left() {
        situation.foreignTicks.add(99L);
        situation.cart.add(foreign(99, false));

        assertThat(situation.decide()).isEqualTo(new Action.Retick(Collections.singleton(99L)));
    }

    @Test
    void an_item_that_is_gone_from_the_cart_is_asked_about() {
        Line line = line(1, OrderState.IN_CART, MAIN.id(), 10L);
        situation.bound.add(line);

        assertThat(situation.decide()).isEqualTo(new Action.Examine(Collections.singletonList(line)));
    }
}
