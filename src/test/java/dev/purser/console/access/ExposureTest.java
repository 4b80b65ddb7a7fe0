package dev.purser.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void without_tokens_it_may_listen_on_loopback(String host) {
        assertThat(Exposure.refusal(host, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
    void without_tokens_it_may_not_listen_elsewhere_and_says_what_to_set(String host) {
        assertThat(Exposure.refusal(host, Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why).contains(host, "PURSER_API_TOKENS_FILE"));
    }

    @Test
    void with_tokens_it_may_listen_anywhere() throws IOException {
        Path tokens = Files.writeString(folder.resolve("tokens"), "# none yet\n");

        assertThat(Exposure.refusal("0.0.0.0", Optional.of(tokens.toString()))).isEmpty();
    }

    @Test
    void a_tokens_file_that_is_not_there_or_wrong_stops_the_start() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "secret-token admin me\n");

        assertThat(Exposure.refusal(
                        "127.0.0.1", Optional.of(folder.resolve("none").toString())))
                .hasValueSatisfying(why -> assertThat(why).contains("cannot be read"));
        assertThat(Exposure.refusal("127.0.0.1", Optional.of(wrong.toString())))
                .hasValueSatisfying(why -> assertThat(why).contains("line 1").doesNotContain("secret-token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil.example",
                "",
                "127.1",
                "[::1].evil.example"
            })
    void a_name_that_only_begins_like_loopback_is_not(String host) {
        assertThat(Exposure.looksLikeLoopback(host)).isFalse();
    }
}
