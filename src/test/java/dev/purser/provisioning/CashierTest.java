package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.orders.OrderState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From turn to turn. */
class CashierTest {

    private final Situation situation = new Situation();
    private final OnPaper paper = new OnPaper(situation.settings);
    private final Cashier cashier = new Cashier(Situation.MAIN, paper.desk());

    @BeforeEach
    void anOrderLiesInTheCart() {
        situation.inCart(1, 10);
        situation.quoteTheCart();
        situation.lookedAt = Situation.NOW;
        paper.answers.putAll(Map.of(
                "identity",
                new Answer.Done<>(new CoCalc.Identity(Situation.MAIN.id(), null)),
                "acquire",
                Optional.of(new Lease(Situation.MAIN, 1)),
                "of",
                (Supplier<Standing>) situation::standing,
                "cart",
                new Answer.Done<>(situation.cart),
                "recentPurchases",
                new Answer.Done<>(List.of()),
                "quote",
                new Answer.Done<>(situation.quote),
                "checkout",
                new Answer.Done<>(true)));
    }

    @Test
    void a_quote_is_paid_in_the_turn_after_it() {
        pausedAfter("checkout");

        cashier.work();

        assertThat(paper.calls).containsSubsequence("quote", "writeDown", "checkout");
    }

    @Test
    void a_quote_is_not_paid_when_another_turn_came_in_between() {
        pausedAfter("quote");
        cashier.work();
        assertThat(paper.calls).doesNotContain("writeDown");
        paper.calls.clear();

        pausedAfter("checkout");
        paper.nanos += Duration.ofSeconds(1).toNanos();
        cashier.work();

        assertThat(paper.calls).containsSubsequence("quote", "writeDown", "checkout");
    }

    @Test
    void a_renewal_that_took_too_long_is_asked_for_again() {
        pausedAfter("quote");
        cashier.work();
        paper.calls.clear();
        paper.nanos += Duration.ofSeconds(11).toNanos();
        paper.answers.put("renew", (Supplier<Object>) () -> {
            paper.nanos += Duration.ofSeconds(paper.calls.size() == 1 ? 11 : 1).toNanos();
            return null;
        });

        cashier.work();

        assertThat(paper.calls).startsWith("renew", "renew", "accounts");
    }

    @Test
    void each_wish_to_cancel_an_order_wants_its_own_look() {
        Line asked = Situation.askedToCancel(Situation.line(1, OrderState.RESOLVED, Situation.MAIN.id(), null));
        situation.cart.clear();
        situation.bound.set(0, asked);
        situation.paused = true;
        paper.answers.put("cancel", (Supplier<Object>) () -> {
            situation.bound.clear();
            return null;
        });
        cashier.work();
        assertThat(paper.calls).containsSubsequence("recentPurchases", "cancel");
        paper.calls.clear();

        situation.bound.add(asked);
        paper.nanos += Duration.ofSeconds(1).toNanos();
        cashier.work();

        assertThat(paper.calls).containsSubsequence("recentPurchases", "cancel");
    }

    @Test
    void a_lease_counts_from_before_it_was_asked_for() {
        paper.answers.put("acquire", (Supplier<Object>) () -> {
            paper.nanos += Duration.ofSeconds(11).toNanos();
            return Optional.of(new Lease(Situation.MAIN, 1));
        });
        pausedAfter("quote");

        cashier.work();

        assertThat(paper.calls).startsWith("acquire", "accounts", "of", "renew");
    }

    @Test
    void the_orders_of_what_a_read_back_shows_are_looked_up() {
        Line besides = Situation.line(3, OrderState.HELD, Situation.MAIN.id(), 29L);
        paper.answers.put("writeDown", (Supplier<Object>) () -> {
            situation.open(Standing.Checkout.State.PAYING, null);
            return OptionalLong.of(9);
        });
        paper.answers.put("purchases", new Answer.Done<>(new CoCalc.LedgerPage(List.of(), null)));
        paper.answers.put("cartItem", new Answer.Done<>(situation.cart.get(0)));
        paper.answers.put("recentPurchases", (Supplier<Object>) () -> {
            List<CartItem> bought = paper.calls.contains("checkout")
                    ? List.of(Situation.purchased(situation.item(30, besides), Situation.NOW))
                    : List.of();
            situation.paused = !bought.isEmpty();
            situation.checkout = situation.paused ? Optional.empty() : situation.checkout;
            return new Answer.Done<>(bought);
        });

        cashier.work();

        assertThat(paper.named).contains(besides.orderId());
    }

    /** Then it rests, with what it has seen. */
    private void pausedAfter(String call) {
        situation.paused = false;
        Object answer = paper.answers.get(call);
        paper.answers.put(call, (Supplier<Object>) () -> {
            situation.paused = true;
            paper.answers.put(call, answer);
            return answer;
        });
    }
}
