package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.PRICE;
import static dev.purser.provisioning.Situation.heldFor;
import static dev.purser.provisioning.Situation.line;
import static dev.purser.provisioning.Situation.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MoneyCheckTest {

    private final Situation situation = new Situation();

    @Test
    void what_the_balance_does_not_cover_is_not_added_and_left_to_an_account_with_money() {
        situation.due(1);
        situation.due(2);
        situation.balance = PRICE.plus(PRICE).minus(Money.of("0.01")).usd();
        assertThat(held().code()).isEqualTo(QuoteCheck.NO_FUNDS);

        situation.elsewhere.add(situation.room);
        situation.balanceElsewhere = PRICE.usd();
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Add.class, add -> assertThat(add.orders())
                .hasSize(1));

        situation.balanceAt = NOW.minusSeconds(61);
        assertThat(situation.decide()).isEqualTo(new Action.AskBalance());
    }

    @Test
    void a_held_order_whose_range_is_over_makes_room_for_others_on_whatever_account() {
        situation.held.add(Situation.withState(Situation.ended(1), OrderState.HELD, Room.OVER_DAY));

        assertThat(held().code()).isEqualTo(Fit.RANGE_OVER);
    }

    @Test
    void an_order_that_fits_no_limit_is_held_before_it_costs_an_addition() {
        Line due = situation.due(1);
        situation.room = new Room(Money.of("1.00"), use(null, "0.00"), use(null, "0.00"));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> {
                    assertThat(held.line()).isEqualTo(due);
                    assertThat(held.code()).isEqualTo(Room.OVER_ORDER);
                }));
    }

    @Test
    void what_was_added_and_is_not_in_the_cart_is_looked_for_before_it_is_held() {
        situation.due(1);
        situation.room = new Room(Money.of("1.00"), use(null, "0.00"), use(null, "0.00"));
        situation.addedSinceLook.put(1L, NOW);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.addedSinceLook.clear();
        assertThat(situation.decide()).isInstanceOf(Action.Hold.class);
    }

    @Test
    void what_was_in_the_cart_at_the_last_look_and_is_gone_is_looked_for_before_it_is_held() {
        situation.wasInCart(situation.due(1));
        situation.room = new Room(Money.of("1.00"), use(null, "0.00"), use(null, "0.00"));

        assertThat(situation.decide()).isEqualTo(new Action.Look());
    }

    /** A person who buys it pays what CoCalc asks, and that is what the books say; a price that was risen for a while is past. */
    @Test
    void a_hold_by_our_own_price_forgets_what_cocalc_has_quoted_only_where_that_was_dearer_than_it_may_be() {
        Line waiting = Situation.onACent(1);
        Money own = waiting.ownPrice();
        Money atMost = Prices.atMost(waiting.spec());
        assertThat(atMost.isMoreThan(own)).isTrue();
        situation.room = new Room(Money.of("1.00"), use(null, "0.00"), use(null, "0.00"));

        assertThat(heldWhenQuoted(waiting, atMost).quoted()).isEqualTo(atMost);
        assertThat(heldWhenQuoted(waiting, own.minus(Money.of("0.01"))).quoted())
                .isEqualTo(own);
        assertThat(heldWhenQuoted(waiting, atMost.plus(Money.of("0.01"))).quoted())
                .isEqualTo(own);
    }

    private Action.Hold.Held heldWhenQuoted(Line waiting, Money quoted) {
        situation.due.clear();
        situation.due.add(Situation.quotedAt(waiting, quoted));
        return held();
    }

    @Test
    void without_any_limit_nothing_is_bought() {
        situation.due(1);
        situation.room = new Room(null, use(null, "0.00"), use(null, "0.00"));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> assertThat(held.code()).isEqualTo(Room.NO_BUDGET)));
    }

    @Test
    void an_order_that_fits_another_account_is_left_to_it() {
        situation.due(1);
        situation.room = new Room(null, use("100.00", "99.00"), use(null, "0.00"));
        situation.elsewhere.add(new Room(null, use("100.00", "0.00"), use(null, "0.00")));

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void several_orders_together_do_not_pass_a_limit_that_each_would_fit() {
        Line first = situation.due(1);
        situation.due(2);
        situation.room = new Room(null, use(PRICE.plus(Money.of("0.01")).toString(), "0.00"), use(null, "0.00"));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> assertThat(held.line()).isNotEqualTo(first)));
    }

    @Test
    void a_campaign_is_not_overspent_by_what_is_in_the_cart_and_what_is_added_together() {
        Line inCart = Situation.of(situation.inCart(1, 10), "fall");
        situation.bound.set(0, inCart);
        Line due = Situation.of(line(2, OrderState.RESOLVED, null, null), "fall");
        Line ofAnother = Situation.of(line(3, OrderState.RESOLVED, null, null), "spring");
        situation.due.addAll(List.of(due, ofAnother));
        situation.room = campaigns(PRICE.plus(PRICE).minus(Money.of("0.01")), "fall", "spring");

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> {
                    assertThat(held.line()).isEqualTo(due);
                    assertThat(held.code()).isEqualTo(Room.OVER_CAMPAIGN);
                }));
    }

    @Test
    void an_order_over_its_campaigns_limit_is_released_when_the_limit_is_raised() {
        Line held = Situation.of(heldFor(1, Room.OVER_CAMPAIGN), "fall");
        situation.held.add(held);
        situation.room = campaigns(PRICE.minus(Money.of("0.01")), "fall");
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.room = campaigns(PRICE, "fall");
        assertThat(situation.decide()).isEqualTo(new Action.Release(Collections.singletonList(held)));
    }

    private static Room campaigns(Money limit, String... names) {
        Map<String, Room.Use> uses = new HashMap<>();
        for (String name : names) {
            uses.put(name, new Room.Use(limit, Money.ZERO, Money.ZERO));
        }
        return new Room(null, use("1000.00", "0.00"), use(null, "0.00"), null, uses);
    }

    @Test
    void a_held_order_is_released_when_there_is_room_again() {
        Line held = line(1, OrderState.HELD, null, null);
        situation.held.add(held);

        assertThat(situation.decide()).isEqualTo(new Action.Release(Collections.singletonList(held)));
    }

    @Test
    void an_account_without_answers_leaves_held_orders_to_the_others_and_asks_whether_it_is_answered_again() {
        situation.held.add(line(1, OrderState.HELD, null, null));
        situation.answering = false;

        assertThat(situation.decide()).isEqualTo(new Action.AskBalance());
    }

    @Test
    void a_held_order_that_has_another_reason_to_wait_by_now_says_so() {
        situation.held.add(heldFor(1, QuoteCheck.NO_FUNDS));
        situation.balance = PRICE.plus(PRICE).usd();
        situation.room = new Room(null, use("1.00", "0.00"), use(null, "0.00"));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> assertThat(held.code()).isEqualTo(Room.OVER_DAY)));
    }

    @Test
    void an_order_without_funds_goes_on_when_the_balance_covers_it() {
        Line held = heldFor(1, QuoteCheck.NO_FUNDS);
        situation.held.add(held);
        situation.balance = PRICE.minus(Money.of("0.01")).usd();
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.balance = PRICE.usd();
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.balance = PRICE.plus(Money.of("0.01")).usd();
        assertThat(situation.decide()).isEqualTo(new Action.Release(List.of(held)));
    }

    @Test
    void the_balance_is_asked_once_a_minute_while_orders_wait_for_money() {
        situation.held.add(heldFor(1, QuoteCheck.NO_FUNDS));
        situation.balance = PRICE.minus(Money.of("0.01")).usd();
        situation.balanceAt = NOW.minusSeconds(61);

        assertThat(situation.decide()).isEqualTo(new Action.AskBalance());
    }

    private Action.Hold.Held held() {
        return ((Action.Hold) situation.decide()).orders().get(0);
    }
}
