package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointTest {

    @ParameterizedTest
    @EnumSource
    void every_call_is_a_step_that_a_failpoint_can_name(Endpoint endpoint) {
        assertThatCode(endpoint::step).doesNotThrowAnyException();
    }
}
