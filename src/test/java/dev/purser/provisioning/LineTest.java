package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.MAIN;
import static dev.purser.provisioning.Situation.OTHER;
import static dev.purser.provisioning.Situation.PRICE;
import static dev.purser.provisioning.Situation.SPEC;
import static dev.purser.provisioning.Situation.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineTest {

    private final Line decided = approved(MAIN.id(), OrderState.RESOLVED, PRICE);

    @Test
    void a_decision_about_an_order_holds_while_its_state_its_account_and_its_approval_are_what_they_were() {
        assertThat(decided.isStill(approved(MAIN.id(), OrderState.RESOLVED, PRICE)))
                .isTrue();
        assertThat(decided.isStill(approved(MAIN.id(), OrderState.HELD, PRICE))).isFalse();
        assertThat(decided.isStill(approved(OTHER, OrderState.RESOLVED, PRICE))).isFalse();
        assertThat(decided.isStill(approved(MAIN.id(), OrderState.RESOLVED, null)))
                .isFalse();
    }

    @Test
    void an_order_goes_into_the_cart_of_its_own_account_or_of_any_while_it_has_none() {
        assertThat(line(1, OrderState.RESOLVED, null, null).mayBeAddedBy(MAIN.id()))
                .isTrue();
        assertThat(line(1, OrderState.RESOLVED, MAIN.id(), null).mayBeAddedBy(MAIN.id()))
                .isTrue();
        assertThat(line(1, OrderState.RESOLVED, OTHER, null).mayBeAddedBy(MAIN.id()))
                .isFalse();
        assertThat(line(1, OrderState.RESOLVED, OTHER, null).mayBeAdoptedBy(MAIN.id()))
                .isFalse();
    }

    @Test
    void an_order_that_is_to_be_cancelled_is_not_added_and_yet_adopted_where_its_item_is_found() {
        Line asked = Situation.askedToCancel(line(1, OrderState.RESOLVED, MAIN.id(), null));

        assertThat(asked.mayBeAddedBy(MAIN.id())).isFalse();
        assertThat(asked.mayBeAdoptedBy(MAIN.id())).isTrue();
    }

    @Test
    void an_order_asks_for_its_own_price_or_for_what_it_was_quoted_last_where_that_was_dearer() {
        Money cent = Money.of("0.01");

        assertThat(quoted(null).ask().amount()).isEqualTo(PRICE);
        assertThat(quoted(PRICE.plus(cent)).ask().amount()).isEqualTo(PRICE.plus(cent));
        assertThat(quoted(PRICE.minus(cent)).ask().amount()).isEqualTo(PRICE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESOLVED")
    void nothing_but_what_waits_to_be_added_is_added_or_adopted(OrderState state) {
        assertThat(line(1, state, MAIN.id(), null).mayBeAddedBy(MAIN.id())).isFalse();
        assertThat(line(1, state, MAIN.id(), null).mayBeAdoptedBy(MAIN.id())).isFalse();
    }

    private static Line approved(UUID account, OrderState state, Money price) {
        return priced(account, state, PRICE, price);
    }

    private static Line quoted(Money price) {
        return priced(null, OrderState.RESOLVED, price, null);
    }

    private static Line priced(UUID account, OrderState state, Money quoted, Money approved) {
        return new Line(
                1,
                new OrderId("order-1"),
                state,
                null,
                account,
                null,
                SPEC,
                null,
                null,
                quoted,
                approved,
                false,
                null,
                PRICE);
    }
}
