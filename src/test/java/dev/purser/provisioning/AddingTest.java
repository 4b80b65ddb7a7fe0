package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Refusal;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddingTest {

    private final Situation situation = new Situation();

    @Test
    void words_that_nobody_knows_are_kept_as_words_about_the_order() {
        List<Answered> answers = send(new Answer.Refused<Integer>(Refusal.UNLISTED, "no more of these"));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.result()).isNull();
            assertThat(answer.words()).isEqualTo("no more of these");
        });
    }

    @Test
    void what_cocalc_says_while_its_database_is_away_is_not_about_the_order_which_would_be_held_for_it() {
        assertThat(send(new Answer.Refused<Integer>(Refusal.DATABASE_DOWN, "connect ECONNREFUSED")))
                .isEmpty();
    }

    @Test
    void an_addition_whose_intent_took_too_long_to_be_written_down_is_not_sent() {
        assertThat(send(new Answer.Done<>(1), System.nanoTime() - Settings.ADD_WITHIN.toNanos()))
                .extracting(Answered::result)
                .containsExactly(AddIntents.Result.NOT_SENT);
    }

    private List<Answered> send(Answer<Integer> answer) {
        return send(answer, System.nanoTime());
    }

    private List<Answered> send(Answer<Integer> answer, long observed) {
        CoCalc cocalc = (CoCalc) Proxy.newProxyInstance(
                CoCalc.class.getClassLoader(), new Class<?>[] {CoCalc.class}, (proxy, method, args) -> answer);
        Desk desk = new Desk(cocalc, null, null, situation.settings, new MachinePacing(), new Trouble(), () -> {});
        Turn turn = new Turn(desk, new Lease(Situation.MAIN, 1), situation.standing(), Seen.NOTHING, 0);
        Planned planned = new Planned(1, Situation.line(1, OrderState.RESOLVED, Situation.MAIN.id(), null));
        return new Adding(turn)
                .send(List.of(planned), List.of(Duration.ZERO), observed)
                .answers();
    }
}
