package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.PRICE;
import static dev.purser.provisioning.Situation.SPEC;
import static dev.purser.provisioning.Situation.foreign;
import static dev.purser.provisioning.Situation.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.Quote;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteCheckTest {

    private final Situation situation = new Situation();

    @Test
    void what_is_ours_at_our_price_is_paid() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.quoteTheCart();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Pay.class, pay -> {
            assertThat(pay.lines()).hasSize(2);
            assertThat(pay.total()).isEqualTo(PRICE.plus(PRICE));
        });
    }

    @Test
    void the_larger_of_total_and_sum_of_lines_is_reserved() {
        situation.inCart(1, 10);
        quote(new Quote.Line(situation.cart.get(0), PRICE), PRICE.plus(Money.of("0.01")));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Pay.class, pay -> assertThat(pay.total())
                .isEqualTo(PRICE.plus(Money.of("0.01"))));
    }

    @Test
    void an_item_that_somebody_ticked_since_is_never_paid() {
        situation.inCart(1, 10);
        situation.cart.add(foreign(99, false));
        situation.quote = new Quote(
                situation.balance,
                PRICE.plus(PRICE),
                List.of(new Quote.Line(situation.cart.get(0), PRICE), new Quote.Line(foreign(99, true), PRICE)));

        assertThat(situation.decide()).isInstanceOf(Action.Untick.class);
    }

    @Test
    void an_item_of_ours_that_is_lacking_in_the_quote_sends_us_back_to_the_cart() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        quote(new Quote.Line(situation.cart.get(0), PRICE), PRICE);

        assertThat(situation.decide()).isEqualTo(new Action.ReadCart());
    }

    @Test
    void a_dearer_quote_is_held_with_both_prices() {
        situation.inCart(1, 10);
        Money dearer = PRICE.plus(Money.of("0.02"));
        quote(new Quote.Line(situation.cart.get(0), dearer), dearer);

        assertHeld("price_differs", PRICE.toString());
        assertHeld("price_differs", dearer.toString());
    }

    @Test
    void a_negative_price_is_held() {
        situation.inCart(1, 10);
        quote(new Quote.Line(situation.cart.get(0), Money.of("-5.00")), Money.of("-5.00"));

        assertHeld("price_differs", "-5.00");
    }

    @Test
    void more_than_the_orders_max_cost_is_held() {
        situation.bound.add(line(1, OrderState.IN_CART, Situation.MAIN.id(), 10L, PRICE.minus(Money.of("0.01"))));
        situation.cart.add(situation.item(10, situation.bound.get(0)));
        situation.quoteTheCart();

        assertHeld(Room.OVER_MAX_COST, "max_cost");
    }

    @Test
    void a_balance_that_shrank_since_it_was_written_down_holds_what_it_does_not_cover() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.quoteTheCart();
        Quote asked = situation.quote;
        situation.quote = new Quote(PRICE.plus(PRICE).minus(Money.of("0.01")).usd(), asked.total(), asked.lines());

        assertHeld(QuoteCheck.NO_FUNDS, "besides the 1 before it");
    }

    @Test
    void an_item_that_somebody_has_attached_to_a_project_is_held() {
        situation.inCart(1, 10);
        CartItem ours = situation.cart.get(0);
        CartItem attached = new CartItem(
                10, ours.added(), true, ours.product(), ours.spec(), ours.description(), UUID.randomUUID(), null);
        quote(new Quote.Line(attached, PRICE), PRICE);

        assertHeld(QuoteCheck.ITEM_CHANGED, "not what Purser wrote");
    }

    @Test
    void what_no_limit_leaves_room_for_is_held_at_the_last_moment_too() {
        situation.inCart(1, 10);
        situation.room = new Room(
                null, Situation.use(PRICE.minus(Money.of("0.01")).toString(), "0.00"), Situation.use(null, "0.00"));
        situation.quoteTheCart();

        assertHeld(Room.OVER_DAY, "day limit");
    }

    @ParameterizedTest
    @CsvSource({"32.72, false", "32.73, true", "29.73, false", "100000, true"})
    void the_balance_must_cover_the_total_without_the_slack_that_cocalc_grants(BigDecimal balance, boolean paid) {
        situation.inCart(1, 10);
        situation.balance = balance;
        situation.quoteTheCart();

        assertThat(PRICE).isEqualTo(Money.of("32.73"));
        assertThat(situation.decide()).isInstanceOf(paid ? Action.Pay.class : Action.Hold.class);
    }

    @Test
    void a_large_balance_counts_less_half_a_unit_of_its_sixth_digit() {
        assertThat(QuoteCheck.funds(new BigDecimal("999988"))).isEqualTo(Money.of("999987.50"));
        assertThat(QuoteCheck.funds(new BigDecimal("98836"))).isEqualTo(Money.of("98835.95"));
        assertThat(QuoteCheck.funds(new BigDecimal("9866.89"))).isEqualTo(Money.of("9866.89"));
    }

    @Test
    void only_what_the_balance_does_not_cover_is_held() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.balance = PRICE.usd();
        situation.quoteTheCart();

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> assertThat(held.code()).isEqualTo(QuoteCheck.NO_FUNDS)));
    }

    @Test
    void an_item_that_somebody_changed_is_held() {
        situation.inCart(1, 10);
        CartItem changed =
                Situation.item(10, situation.bound.get(0).description(situation.settings), true, withRam(SPEC, 8));
        quote(new Quote.Line(changed, PRICE), PRICE);

        assertHeld("item_changed", "10");
    }

    @Test
    void a_range_that_has_started_may_be_moved_forward_but_never_made_longer() {
        Instant start = SPEC.start();
        Instant end = SPEC.end();
        Duration later = Duration.ofHours(1);

        assertThat(decideWithRange(start.plus(later), end)).isInstanceOf(Action.Pay.class);
        assertThat(decideWithRange(start.plus(later), end.plus(later))).isInstanceOf(Action.Pay.class);
        assertThat(decideWithRange(start, end.plus(later))).isInstanceOf(Action.Hold.class);
        assertThat(decideWithRange(start.minus(later), end)).isInstanceOf(Action.Hold.class);
        assertThat(decideWithRange(start.plus(later), end.minus(later))).isInstanceOf(Action.Hold.class);
    }

    private Action decideWithRange(Instant start, Instant end) {
        Situation fresh = new Situation();
        Line line = fresh.inCart(1, 10);
        LicenseSpec moved = new LicenseSpec(
                SPEC.user(), 1, 4, 1, 3, true, SPEC.uptime(), false, SPEC.period(), start, end, SPEC.title(), null);
        CartItem item = Situation.item(10, line.description(fresh.settings), true, moved);
        Money price = Prices.of(moved);
        fresh.quote = new Quote(fresh.balance, price, List.of(new Quote.Line(item, price)));
        return fresh.decide();
    }

    private void quote(Quote.Line line, Money total) {
        situation.quote = new Quote(situation.balance, total, List.of(line));
    }

    private void assertHeld(String code, String text) {
        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> {
                    assertThat(held.code()).isEqualTo(code);
                    assertThat(held.message()).contains(text);
                }));
    }

    private static LicenseSpec withRam(LicenseSpec spec, int ram) {
        return new LicenseSpec(
                spec.user(),
                spec.runLimit(),
                ram,
                spec.cpu(),
                spec.disk(),
                spec.member(),
                spec.uptime(),
                spec.boost(),
                spec.period(),
                spec.start(),
                spec.end(),
                spec.title(),
                spec.description());
    }
}
