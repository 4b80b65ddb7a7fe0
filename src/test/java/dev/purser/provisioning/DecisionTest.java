package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.MAIN;
import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.OTHER;
import static dev.purser.provisioning.Situation.PRICE;
import static dev.purser.provisioning.Situation.foreign;
import static dev.purser.provisioning.Situation.heldFor;
import static dev.purser.provisioning.Situation.line;
import static dev.purser.provisioning.Situation.purchased;
import static dev.purser.provisioning.Situation.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.OpenAdd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private final Situation situation = new Situation();

    @Test
    void nothing_is_done_before_cart_and_purchases_were_looked_at() {
        situation.due(1);
        situation.looked = false;

        assertThat(situation.decide()).isEqualTo(new Action.Look());
    }

    @Test
    void nothing_is_added_before_the_purchases_of_every_account_were_read() {
        situation.due(1);
        situation.everyoneLooked = false;

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_paused_account_neither_adds_nor_pays() {
        situation.due(1);
        situation.inCart(2, 20);
        situation.quoteTheCart();
        situation.paused = true;

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_batch_closes_when_nothing_new_came_for_half_a_second() {
        Line due = situation.due(1);
        situation.sinceNewestDue = Duration.ofMillis(499);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.sinceNewestDue = Duration.ofMillis(500);
        assertThat(situation.decide())
                .isEqualTo(new Action.Add(Collections.singletonList(due), List.of(Duration.ZERO)));
    }

    @Test
    void a_full_batch_does_not_wait() {
        situation.balance = PRICE.usd().multiply(BigDecimal.valueOf(20));
        for (int i = 0; i < 20; i++) {
            situation.due(i);
        }
        situation.sinceNewestDue = Duration.ZERO;

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Add.class, add -> assertThat(add.orders())
                .hasSize(15));
    }

    @Test
    void what_was_added_and_is_not_in_the_cart_is_looked_for_before_it_is_added_again() {
        situation.due(1);
        situation.addedSinceLook.add(1L);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.addedSinceLook.clear();
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void what_was_taken_out_of_the_cart_is_added_again_when_nobodys_checkout_can_buy_it_any_more_and_none_has() {
        situation.bound.add(line(1, OrderState.RESOLVED, MAIN.id(), 10L));
        situation.removals.put(10L, NOW.minusSeconds(69));
        situation.lookedAt = NOW.minusSeconds(1);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.removals.put(10L, NOW.minusSeconds(70));
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.lookedAt = NOW;
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void an_order_whose_range_is_over_is_held() {
        situation.due.add(Situation.ended(1));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> assertThat(held.code()).isEqualTo(Fit.RANGE_OVER)));
    }

    @Test
    void while_a_tick_may_still_be_put_back_nothing_is_paid() {
        situation.inCart(1, 10);
        situation.retickedAt = NOW.minusSeconds(69);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.retickedAt = NOW.minusSeconds(70);
        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());
    }

    @Test
    void a_cart_that_is_refused_as_a_whole_is_paid_by_halves() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.inCart(3, 30);
        situation.suspicion = Suspicion.NONE.refused(List.of(1L, 2L, 3L), Suspicion.listed("bad item"));

        assertThat(situation.decide()).isEqualTo(new Action.UntickOurs(Collections.singletonList(30L)));
    }

    @Test
    void an_item_that_was_refused_alone_is_paid_once_more_and_then_rejected() {
        Line line = situation.inCart(1, 10);
        situation.suspicion = Suspicion.NONE.refused(List.of(1L), Suspicion.listed("bad item"));
        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());

        situation.suspicion = situation.suspicion.refused(List.of(1L), Suspicion.listed("bad item"));
        assertThat(situation.decide()).isEqualTo(new Action.Reject(line, "bad item"));
    }

    @Test
    void words_that_nobody_has_recorded_hold_an_order_and_do_not_reject_it() {
        situation.inCart(1, 10);
        situation.suspicion =
                new Suspicion(List.of(1L), true, Suspicion.unlisted("sales are closed today", false), true, Set.of(1L));

        assertThat(held().code()).isEqualTo("checkout_refused");
        assertThat(held().message()).contains("sales are closed today");
    }

    @Test
    void unless_nobody_else_is_known_to_pass() {
        situation.inCart(1, 10);
        situation.suspicion = new Suspicion(
                List.of(1L), true, Suspicion.unlisted("sales are closed today", false), false, Set.of(1L));
        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());

        situation.due(2);
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);

        situation.due.clear();
        situation.inCart(2, 20);
        assertThat(situation.decide()).isEqualTo(new Action.UntickOurs(List.of(10L)));
        assertThat(situation.suspicion.passed(List.of(2L), false).isFound()).isTrue();
        assertThat(situation.suspicion.passed(List.of(1L), false).isFound()).isFalse();
    }

    @Test
    void a_search_is_closer_when_fewer_are_suspected_and_not_when_it_begins_or_starts_over() {
        Suspicion.Words words = Suspicion.unlisted("sales are closed today", true);
        Suspicion begun = Suspicion.NONE.refused(List.of(1L, 2L, 3L), words);

        assertThat(Suspicion.NONE.isNarrowedBy(List.of(1L, 2L, 3L))).isFalse();
        assertThat(begun.isNarrowedBy(List.of(1L, 2L))).isTrue();
        assertThat(begun.isNarrowedBy(List.of(1L, 2L, 3L))).isFalse();
        assertThat(begun.isNarrowedBy(List.of(4L))).isFalse();
    }

    @Test
    void an_item_that_somebody_changed_is_not_the_partners_fault() {
        situation.inCart(1, 10);
        situation.cart.replaceAll(item -> foreign(item.id(), true));
        situation.suspicion = new Suspicion(List.of(1L), true, Suspicion.listed("bad item"), false, Set.of(1L));

        assertThat(held().code()).isEqualTo(QuoteCheck.ITEM_CHANGED);
    }

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
    void a_batch_closes_although_the_clocks_differ() {
        situation.due(1);
        situation.sinceNewestDue = Duration.ofSeconds(-300);

        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
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

    private Action.Hold.Held held() {
        return ((Action.Hold) situation.decide()).orders().get(0);
    }

    @Test
    void no_more_is_added_than_the_minute_leaves() {
        for (int i = 0; i < 15; i++) {
            situation.due(i);
        }
        situation.counted.addAll(Collections.nCopies(11, NOW.minusSeconds(30)));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Add.class, add -> assertThat(add.orders())
                .hasSize(4));
    }

    @Test
    void what_is_in_the_cart_is_paid_rather_than_wait_for_the_next_minute() {
        situation.inCart(1, 10);
        situation.due(2);
        situation.counted.addAll(Collections.nCopies(15, NOW.minusSeconds(5)));

        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());
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

    @Test
    void while_an_addition_may_still_arrive_nothing_is_added_or_paid() {
        Line lost = line(1, OrderState.RESOLVED, MAIN.id(), null);
        situation.bound.add(lost);
        situation.openAdds.add(new OpenAdd(1, NOW.minusSeconds(84)));
        situation.due(2);
        situation.inCart(3, 30);

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_lost_addition_is_given_up_only_when_the_cart_was_read_after_its_quiet_time() {
        OpenAdd open = new OpenAdd(1, NOW.minusSeconds(86));
        situation.bound.add(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.openAdds.add(open);
        situation.cartAt = NOW.minusSeconds(10);
        assertThat(situation.decide()).isEqualTo(new Action.ReadCart());

        situation.cartAt = NOW;
        assertThat(situation.decide()).isEqualTo(new Action.GiveUpAdds(Collections.singletonList(open)));
    }

    @Test
    void an_addition_that_arrived_is_adopted() {
        Line lost = line(1, OrderState.RESOLVED, MAIN.id(), null);
        situation.bound.add(lost);
        situation.openAdds.add(new OpenAdd(1, NOW.minusSeconds(1)));
        situation.cart.add(situation.item(10, lost));

        assertThat(situation.decide()).isEqualTo(new Action.Adopt(Collections.singletonMap(lost, 10L)));
    }

    @Test
    void a_second_item_of_the_same_order_is_removed_before_anything_is_paid() {
        Line line = situation.inCart(1, 10);
        situation.cart.add(situation.item(11, line));
        situation.quoteTheCart();

        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(Collections.singletonList(11L)));
    }

    @Test
    void an_item_of_a_held_order_or_of_another_account_is_removed() {
        Line held = line(1, OrderState.HELD, MAIN.id(), 10L);
        Line elsewhere = line(2, OrderState.IN_CART, OTHER, 20L);
        situation.others.add(held);
        situation.others.add(elsewhere);
        situation.cart.add(situation.item(10, held));
        situation.cart.add(situation.item(20, elsewhere));

        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(List.of(10L, 20L)));
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

    @Test
    void an_order_whose_token_reads_as_bought_is_settled_and_not_bought_again() {
        Line line = situation.due(1);
        situation.bought.add(purchased(situation.item(10, line), NOW));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Settle.class, settle -> assertThat(settle.bought())
                .singleElement()
                .satisfies(bought -> assertThat(bought.line()).isEqualTo(line)));
    }

    @Test
    void an_order_whose_token_was_ever_seen_bought_on_any_account_is_settled() {
        Bought bought = new Bought(situation.due(1), OTHER, 5, UUID.randomUUID(), NOW);
        situation.boughtBefore.add(bought);

        assertThat(situation.decide()).isEqualTo(new Action.Settle(Collections.singletonList(bought)));
    }

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
    void an_addition_that_arrived_after_the_wish_to_cancel_is_adopted_so_that_its_removal_is_answered() {
        Line line = asked(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.bound.add(line);
        situation.cart.add(situation.item(10, line));

        assertThat(situation.decide()).isEqualTo(new Action.Adopt(Collections.singletonMap(line, 10L)));
    }

    @Test
    void an_order_that_was_added_and_is_in_no_cart_is_cancelled_only_after_a_look_at_what_was_bought() {
        Line line = asked(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.bound.add(line);
        situation.addedSinceLook.add(1L);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.addedSinceLook.clear();
        assertThat(situation.decide()).isEqualTo(new Action.Cancel(List.of(line)));
    }

    @Test
    void a_cancellation_is_final_when_nobodys_checkout_can_still_buy_the_removed_item() {
        Line line = asked(line(1, OrderState.IN_CART, MAIN.id(), 10L));
        situation.bound.add(line);
        situation.removals.put(10L, NOW.minusSeconds(69));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.removals.put(10L, NOW.minusSeconds(70));
        assertThat(situation.decide()).isEqualTo(new Action.Cancel(List.of(line)));
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

        assertThat(situation.decide()).isEqualTo(new Action.RemoveExtra(List.of(11L)));
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
        situation.bound.replaceAll(each -> each.equals(line) ? asked : each);
        return asked;
    }
}
