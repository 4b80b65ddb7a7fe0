package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cli.Terminal;
import io.quarkus.runtime.QuarkusBindException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void a_setting_that_cannot_be_meant_is_named_and_ends_with_78() {
        Throwable failure = new IllegalStateException(
                "Failed to start dev.purser.Main", new IllegalArgumentException("PURSER_BATCH must be from 1 to 100"));

        assertThat(tell(1, failure)).isEqualTo(78);
        assertThat(told.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("Purser cannot start. PURSER_BATCH must be from 1 to 100");
    }

    @Test
    void a_port_that_is_taken_is_told_without_a_stack_trace_and_ends_with_78() {
        assertThat(tell(
                        1,
                        new RuntimeException(
                                "failed", new QuarkusBindException("localhost", 8080, new BindException("in use")))))
                .isEqualTo(78);
        assertThat(told.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("QUARKUS_HTTP_PORT");
    }

    @Test
    void another_failure_ends_with_1_and_no_failure_as_it_ended() {
        assertThat(tell(1, new IllegalStateException("dev.purser.Main broke"))).isEqualTo(1);
        assertThat(told.toString(StandardCharsets.UTF_8)).hasLineCount(1).doesNotContain("dev.purser.Main broke");
        told.reset();

        assertThat(tell(0, null)).isEqualTo(0);
        assertThat(told.size()).isZero();
    }

    private int tell(int code, Throwable failure) {
        PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        return StartFailure.tell(code, failure, new Terminal(stream, stream, false), false);
    }
}
