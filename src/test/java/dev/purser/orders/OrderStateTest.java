package dev.purser.orders;

import static dev.purser.orders.OrderState.CANCELLED;
import static dev.purser.orders.OrderState.CHECKING_OUT;
import static dev.purser.orders.OrderState.FAILED;
import static dev.purser.orders.OrderState.HELD;
import static dev.purser.orders.OrderState.IN_CART;
import static dev.purser.orders.OrderState.PROVISIONED;
import static dev.purser.orders.OrderState.PURCHASED;
import static dev.purser.orders.OrderState.RECEIVED;
import static dev.purser.orders.OrderState.REJECTED;
import static dev.purser.orders.OrderState.RESOLVED;
import static dev.purser.orders.OrderState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStateTest {

    private static Set<OrderState> from(OrderState state) {
        EnumSet<OrderState> next = EnumSet.noneOf(OrderState.class);
        for (OrderState each : OrderState.values()) {
            if (state.mayBecome(each)) {
                next.add(each);
            }
        }
        return next;
    }

    @Test
    void what_is_about_to_be_paid_or_may_have_been_is_bought_or_back_in_its_cart_and_nowhere_else() {
        assertThat(from(CHECKING_OUT)).containsExactlyInAnyOrder(PURCHASED, IN_CART, UNKNOWN);
        assertThat(from(UNKNOWN)).containsExactlyInAnyOrder(PURCHASED, IN_CART, UNKNOWN);
    }

    @Test
    void only_what_lies_in_a_cart_is_paid() {
        for (OrderState state : OrderState.values()) {
            assertThat(state.mayBecome(CHECKING_OUT)).as(state.name()).isEqualTo(state == IN_CART);
        }
    }

    @Test
    void what_was_bought_is_never_anything_else_again() {
        assertThat(from(PURCHASED)).containsExactly(PROVISIONED);
        assertThat(from(PROVISIONED)).isEmpty();
    }

    @Test
    void only_what_ended_without_a_purchase_begins_anew() {
        assertThat(from(REJECTED)).containsExactly(RECEIVED);
        assertThat(from(FAILED)).containsExactly(RECEIVED);
        assertThat(from(CANCELLED)).containsExactly(RECEIVED);
        assertThat(RECEIVED.mayBecome(RECEIVED)).isFalse();
    }

    @Test
    void a_held_order_goes_on_from_where_its_account_and_its_limits_are_looked_at_first() {
        assertThat(from(HELD)).containsExactlyInAnyOrder(HELD, RESOLVED, CANCELLED, FAILED, PURCHASED);
        assertThat(from(RECEIVED)).containsExactlyInAnyOrder(RESOLVED, REJECTED, PURCHASED);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVED", "RESOLVED", "HELD", "IN_CART", "CHECKING_OUT", "UNKNOWN"})
    void whatever_is_open_may_have_been_bought_by_somebody(OrderState open) {
        assertThat(open.mayBecome(PURCHASED)).isTrue();
        assertThat(open.isFinal()).isFalse();
    }
}
