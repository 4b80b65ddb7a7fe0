package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");

    @Test
    void a_cron_expression_of_quartz_is_taken_as_it_is() {
        assertThat(Cron.of("0 30 3 * * ?", NOW).expression()).isEqualTo("0 30 3 * * ?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "daily", "30 3 * * *", "0 30 25 * * ?", "0 30 3 * * *"})
    void anything_else_is_refused_with_the_variable_and_an_example(String expression) {
        assertThatThrownBy(() -> Cron.of(expression, NOW))
                .hasMessageStartingWith("PURSER_RECONCILIATION_CRON is '" + expression + "'")
                .hasMessageContaining("0 30 3 * * ?");
    }

    @Test
    void a_time_that_never_comes_again_is_refused() {
        assertThatThrownBy(() -> Cron.of("0 0 0 1 1 ? 2020", NOW)).hasMessageContaining("never comes again");
    }
}
