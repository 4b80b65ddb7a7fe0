package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddingTest {

    private static final Settings SETTINGS =
            new Settings("main", 15, Duration.ofSeconds(70), Duration.ofSeconds(30), Throttle.OFF, false);
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

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

    private static List<Answered> send(Answer<Integer> answer) {
        CoCalc cocalc = (CoCalc) Proxy.newProxyInstance(
                CoCalc.class.getClassLoader(), new Class<?>[] {CoCalc.class}, (proxy, method, args) -> answer);
        Planned planned = new Planned(1, line());
        return new Adding(cocalc, SETTINGS, new MachinePacing(), () -> {})
                .send(List.of(planned), List.of(Duration.ZERO), NOW, System.nanoTime());
    }

    private static Line line() {
        LicenseSpec spec = new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                1,
                1,
                1,
                1,
                true,
                LicenseSpec.Uptime.SHORT,
                false,
                LicenseSpec.Period.RANGE,
                NOW.plus(Duration.ofDays(1)),
                NOW.plus(Duration.ofDays(31)),
                null,
                null);
        return new Line(
                1,
                new OrderId("o-1"),
                OrderState.RESOLVED,
                null,
                null,
                null,
                spec,
                null,
                null,
                null,
                null,
                false,
                null,
                Money.of("10.00"));
    }
}
