package dev.purser.kernel.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailpointsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check-out.after:1",
                "checkout.during:1",
                "checkout.after:0",
                "checkout.after",
                "CHECKOUT.after:1"
            })
    void a_point_that_is_not_known_is_refused_with_the_names_of_the_steps(String unknown) {
        assertThatThrownBy(() -> new Failpoints(Optional.of(unknown)))
                .hasMessageStartingWith("PURSER_FAILPOINT must be")
                .hasMessageContaining("write-down, ");
    }

    @Test
    void a_step_is_known_by_its_name_in_lower_case() {
        assertThat(Step.named("write-down")).contains(Step.WRITE_DOWN);
    }

    /** It would end this JVM otherwise. */
    @Test
    void other_steps_and_earlier_times_pass() {
        Failpoints third = new Failpoints(Optional.of("checkout.before:3"));

        third.after(Step.CHECKOUT);
        third.before(Step.SETTLE);
        assertThat(third.<Integer>around(Step.CHECKOUT, () -> 1) + third.around(Step.CHECKOUT, () -> 2))
                .isEqualTo(3);
    }
}
