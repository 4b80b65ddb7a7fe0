package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.PaidLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Sequences that chance seldom finds: what was decided meets an order that has become something else. Both stores do the same, and what they should. */
final class ScriptedStores {

    static final List<Consumer<ScriptedStores>> ALL = List.of(
            ScriptedStores::an_order_that_is_to_be_cancelled_is_not_held,
            ScriptedStores::an_order_that_was_to_be_cancelled_in_no_cart_is_not_when_its_item_has_been_found,
            ScriptedStores::an_order_that_is_to_be_cancelled_is_not_held_for_an_addition_that_was_refused_twice,
            ScriptedStores::an_order_that_was_bought_meanwhile_stays_bought_when_its_checkout_is_called_off,
            ScriptedStores::an_order_whose_addition_was_never_sent_ends_when_it_is_to_be_cancelled,
            ScriptedStores::an_order_that_may_have_an_item_is_looked_for_before_it_is_cancelled,
            ScriptedStores::an_order_that_is_held_and_was_never_added_is_cancelled_at_once,
            ScriptedStores
                    ::what_the_second_addition_of_an_order_brought_is_not_known_while_an_item_of_the_first_may_come_back,
            ScriptedStores::an_item_that_is_older_than_an_addition_did_not_come_of_it,
            ScriptedStores::an_item_of_which_nobody_knows_how_old_it_is_may_not_have_come_of_an_addition,
            ScriptedStores::what_an_answered_addition_brought_and_nobody_has_seen_was_taken_out,
            ScriptedStores::what_an_answered_addition_brought_is_seen_in_the_cart,
            ScriptedStores::an_item_that_was_taken_out_and_put_back_is_not_what_an_answered_addition_brought,
            ScriptedStores::an_item_that_was_adopted_and_taken_out_is_waited_for_once,
            ScriptedStores::what_the_only_addition_of_an_order_brought_is_its_item,
            ScriptedStores::an_order_that_somebody_pays_by_card_is_looked_for_when_it_is_to_be_cancelled,
            ScriptedStores::an_order_that_somebody_pays_by_card_is_held_and_no_more_to_be_cancelled,
            ScriptedStores::an_order_of_no_account_belongs_to_the_one_that_took_its_item_out,
            ScriptedStores::what_was_taken_out_and_put_back_is_in_the_cart_again,
            ScriptedStores::an_order_that_is_dearer_than_it_was_approved_is_approved_no_more,
            ScriptedStores::an_order_that_begins_anew_was_neither_quoted_nor_approved_nor_to_be_cancelled);

    private final TwoStores both;
    private final OrderId order;
    private final Map<Boolean, List<Planned>> asked = new HashMap<>();

    ScriptedStores(StoreWorld sql, StoreWorld sim) {
        both = new TwoStores(sql, sim, new Calm(), 7000);
        order = both.orders.get(0);
        both.at(0, 0);
        both.acquire();
        both.observe();
    }

    /** No commit fails. */
    private static final class Calm extends Random {
        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    }

    private void an_order_that_is_to_be_cancelled_is_not_held() {
        adopt();
        both.observe();
        cancel();
        both.run("hold", known -> known.store().books().hold(lease(), List.of(held(known))));

        becomes("IN_CART");
    }

    private void an_order_that_was_to_be_cancelled_in_no_cart_is_not_when_its_item_has_been_found() {
        plan();
        cancel();
        both.observe();
        adopt();
        both.run("cancel", known -> known.store().books().cancel(lease(), List.of(known.line(order))));

        becomes("IN_CART");
    }

    private void an_order_that_is_to_be_cancelled_is_not_held_for_an_addition_that_was_refused_twice() {
        refused();
        giveUp();
        refused();
        cancel();
        giveUp();

        becomes("RESOLVED");
    }

    private void an_order_that_was_bought_meanwhile_stays_bought_when_its_checkout_is_called_off() {
        adopt();
        both.observe();
        both.call(
                "write down",
                known -> known.store().checkouts().writeDown(lease(), pay(known)),
                (world, written) -> "" + written.isPresent());
        both.observe();
        Instant at = Instant.now();
        both.run(
                "settle",
                known -> known.store().bought().settle(lease(), List.of(bought(known, at)), each -> both.account()));
        both.run("call off", known -> known.store()
                .checkouts()
                .callOff(lease(), known.standing().openCheckout().orElseThrow(), "refused"));

        becomes("PURCHASED");
    }

    private void an_order_whose_addition_was_never_sent_ends_when_it_is_to_be_cancelled() {
        asked();
        cancel();
        answered(AddIntents.Result.NOT_SENT);

        becomes("CANCELLED");
    }

    private void an_order_that_may_have_an_item_is_looked_for_before_it_is_cancelled() {
        heldAfterRemoval();
        cancel();

        becomes("RESOLVED null account1 100 null null null null true");
    }

    private void an_order_that_is_held_and_was_never_added_is_cancelled_at_once() {
        hold("over_day_budget", null);
        cancel();

        becomes("CANCELLED");
    }

    private void what_the_second_addition_of_an_order_brought_is_not_known_while_an_item_of_the_first_may_come_back() {
        asked();
        answered(AddIntents.Result.ADDED);
        plan();
        adopt();

        isAdditionOpen(true);
    }

    /** A restored database knows nothing of the addition that it came of. */
    private void an_item_that_is_older_than_an_addition_did_not_come_of_it() {
        plan();
        adopt(Instant.now().minusSeconds(3));

        isAdditionOpen(true);
    }

    private void an_item_of_which_nobody_knows_how_old_it_is_may_not_have_come_of_an_addition() {
        plan();
        adopt(null);

        isAdditionOpen(true);
    }

    private void what_the_only_addition_of_an_order_brought_is_its_item() {
        asked();
        answered(AddIntents.Result.NOT_SENT);
        plan();
        adopt();

        isAdditionOpen(false);
    }

    private void what_an_answered_addition_brought_and_nobody_has_seen_was_taken_out() {
        asked();
        answered(AddIntents.Result.ADDED);
        lookedBeside(List.of());

        assertThat(both.sql()).anyMatch(row -> row.startsWith("removed 0 "));
    }

    private void what_an_answered_addition_brought_is_seen_in_the_cart() {
        asked();
        answered(AddIntents.Result.ADDED);
        lookedBeside(List.of(100L));

        assertThat(both.sql()).noneMatch(row -> row.startsWith("removed"));
    }

    private void an_item_that_was_taken_out_and_put_back_is_not_what_an_answered_addition_brought() {
        asked();
        answered(AddIntents.Result.ADDED);
        both.run("removed", known -> known.store().books().removed(lease(), known.line(order), 100));
        lookedBeside(List.of(100L));

        assertThat(both.sql()).anyMatch(row -> row.startsWith("removed 0 "));
    }

    private void an_item_that_was_adopted_and_taken_out_is_waited_for_once() {
        asked();
        answered(AddIntents.Result.ADDED);
        adopt();
        both.run("removed", known -> known.store().books().removed(lease(), known.line(order), 100));
        hold("price_differs", null);
        lookedBeside(List.of());

        assertThat(both.sql())
                .anyMatch(row -> row.startsWith("removed 100 "))
                .noneMatch(row -> row.startsWith("removed 0 "));
    }

    /** @param cart items of the order */
    private void lookedBeside(List<Long> cart) {
        List<CartItem> items =
                cart.stream().map(item -> StoreSteps.bought(order, item)).toList();
        Instant at = Instant.now();
        both.run("looked", known -> known.store().bought().looked(lease(), List.of(), items, at));
        assertThat(both.sql()).isEqualTo(both.sim());
    }

    private void isAdditionOpen(boolean open) {
        becomes("IN_CART null account1 100");
        both.observe();
        assertThat(both.side().sql.openAdds()).hasSize(open ? 1 : 0);
    }

    private void an_order_that_somebody_pays_by_card_is_looked_for_when_it_is_to_be_cancelled() {
        adopt();
        hold(Books.PAYMENT_PENDING, null);
        cancel();

        becomes("IN_CART null account1 100 null null null null true");
    }

    private void an_order_that_somebody_pays_by_card_is_held_and_no_more_to_be_cancelled() {
        adopt();
        cancel();
        hold(Books.PAYMENT_PENDING, null);

        becomes("HELD payment_pending account1 100 null null null null false");
    }

    private void an_order_of_no_account_belongs_to_the_one_that_took_its_item_out() {
        both.observe();
        both.run("removed", known -> known.store().books().removed(lease(), known.line(order), 100));

        becomes("RESOLVED null account1 null null null null null false");
    }

    private void what_was_taken_out_and_put_back_is_in_the_cart_again() {
        adopt();
        both.run("removed", known -> known.store().books().removed(lease(), known.line(order), 100));
        hold("over_day_budget", null);
        both.observe();
        both.run("release", known -> known.store().books().release(lease(), List.of(known.line(order))));
        adopt();

        becomes("IN_CART null account1 100 null null null null false");
        assertThat(both.sql()).noneMatch(row -> row.startsWith("removed"));
    }

    private void an_order_that_is_dearer_than_it_was_approved_is_approved_no_more() {
        approvedAt(Money.of("10.00"));
        hold("needs_approval", Money.of("10.01"));

        becomes("HELD needs_approval - null 10.01 null");
    }

    private void an_order_that_begins_anew_was_neither_quoted_nor_approved_nor_to_be_cancelled() {
        approvedAt(Money.of("10.00"));
        plan();
        cancel();
        both.observe();
        both.run("cancel", known -> known.store().books().cancel(lease(), List.of(known.line(order))));
        becomes("CANCELLED");
        both.people("reopen", world -> world.reopen(order));

        becomes("RESOLVED null account1 null null null null null false");
    }

    private void approvedAt(Money price) {
        hold("needs_approval", price);
        both.people("approve", world -> world.approve(order));
    }

    private void hold(String code, Money quoted) {
        both.observe();
        both.run("hold", known -> known.store()
                .books()
                .hold(lease(), List.of(new Held(known.line(order), code, "because", quoted))));
    }

    private void heldAfterRemoval() {
        adopt();
        both.run("removed", known -> known.store().books().removed(lease(), known.line(order), 100));
        hold("over_day_budget", null);
    }

    private Lease lease() {
        return both.side().lease;
    }

    private void adopt() {
        adopt(Instant.now());
    }

    /** @param added by CoCalc's clock */
    private void adopt(Instant added) {
        both.run(
                "adopt",
                known -> known.store().books().adopt(lease(), Map.of(known.line(order), StoreSteps.live(100, added))));
    }

    private void cancel() {
        both.people("cancel", world -> world.cancel(order));
    }

    private void plan() {
        both.observe();
        both.call(
                "plan",
                known -> known.store().adds().plan(lease(), known.lines(List.of(order))),
                (world, planned) -> "" + planned.size());
    }

    private void asked() {
        both.observe();
        both.run(
                "plan",
                known -> asked.put(known.simulated(), known.store().adds().plan(lease(), known.lines(List.of(order)))));
    }

    private void answered(AddIntents.Result result) {
        both.run("answered " + result, known -> known.store()
                .adds()
                .answered(
                        lease(),
                        asked.get(known.simulated()).stream()
                                .map(planned -> new Answered(planned, result, 3, null))
                                .toList()));
    }

    /** In words that nobody knows: the addition stays open. */
    private void refused() {
        both.observe();
        both.run("refused", known -> {
            AddIntents adds = known.store().adds();
            adds.answered(
                    lease(),
                    adds.plan(lease(), known.lines(List.of(order))).stream()
                            .map(planned -> new Answered(planned, null, 3, "no more of these"))
                            .toList());
        });
        both.observe();
    }

    private void giveUp() {
        both.run(
                "give up",
                known -> known.store().adds().giveUp(lease(), known.standing().openAdds()));
    }

    private Held held(TwoStores.Known known) {
        return new Held(known.line(order), "over_day_budget", "too dear", null);
    }

    private Action.Pay pay(TwoStores.Known known) {
        Line line = known.line(order);
        return new Action.Pay(
                List.of(new PaidLine(line.ref(), order, 100, line.ownPrice())), line.ownPrice(), TwoStores.START);
    }

    private Bought bought(TwoStores.Known known, Instant at) {
        return new Bought(known.line(order), both.account().id(), 100, SimWorld.license(100), at);
    }

    private void becomes(String state) {
        assertThat(both.sql())
                .isEqualTo(both.sim())
                .anyMatch(row -> row.startsWith("order " + order.value() + " " + state));
    }
}
