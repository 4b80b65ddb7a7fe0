package dev.purser.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordingTest {

    @Test
    void durations_and_counts_read_well() {
        assertThat(Wording.duration(1)).isEqualTo("1 second");
        assertThat(Wording.duration(45)).isEqualTo("45 seconds");
        assertThat(Wording.duration(720)).isEqualTo("12 minutes");
        assertThat(Wording.duration(4 * 3600 + 13 * 60)).isEqualTo("4 h 13 min");
        assertThat(Wording.count(1, "order")).isEqualTo("1 order");
        assertThat(Wording.count(2, "order")).isEqualTo("2 orders");
    }

    @Test
    void a_time_that_is_not_there_is_empty() {
        assertThat(Wording.time(null)).isEmpty();
        assertThat(Wording.time(Instant.parse("2026-11-23T08:05:09Z"))).isEqualTo("23 Nov 2026 08:05:09");
    }
}
