package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
