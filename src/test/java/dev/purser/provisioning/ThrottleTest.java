package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration HORIZON = Duration.ofSeconds(8);
    private static final Throttle THROTTLE = Throttle.parse("3, 15, 200");

    @Test
    void a_fresh_account_may_add_a_minute_full_at_three_a_second() {
        List<Duration> schedule = schedule(List.of(), 20);

        assertThat(schedule).hasSize(15);
        assertThat(schedule.subList(0, 3))
                .containsExactly(Duration.ZERO, Duration.ofMillis(350), Duration.ofMillis(700));
    }

    @Test
    void the_first_of_a_batch_keeps_its_distance_from_the_last_of_the_batch_before() {
        assertThat(schedule(List.of(NOW.minusMillis(200)), 1)).containsExactly(Duration.ofMillis(150));
    }

    @Test
    void a_full_minute_waits_until_its_first_addition_is_a_minute_old() {
        List<Instant> earlier =
                IntStream.range(0, 15).mapToObj(i -> NOW.minusSeconds(30 - i)).toList();

        assertThat(schedule(earlier, 5).get(0)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    }

    @Test
    void a_full_hour_waits_until_its_first_addition_is_an_hour_old() {
        List<Instant> earlier = IntStream.range(0, 200)
                .mapToObj(i -> NOW.minusSeconds(3000 - i * 10L))
                .toList();

        assertThat(schedule(earlier, 1).get(0)).isBetween(Duration.ofSeconds(600), Duration.ofSeconds(601));
    }

    @Test
    void a_batch_goes_on_while_the_window_opens_as_fast_as_it_fills() {
        List<Instant> earlier = IntStream.range(0, 15)
                .mapToObj(i -> NOW.minusSeconds(60).minusMillis(250).plusMillis(i * 400L))
                .toList();

        assertThat(schedule(earlier, 15)).hasSize(15);
    }

    @Test
    void whoever_keeps_the_schedule_never_passes_a_window() {
        List<Instant> sent = new ArrayList<>();
        Instant now = NOW;
        while (sent.size() < 500) {
            Instant observed = now;
            schedule(sent, 15).forEach(wait -> sent.add(observed.plus(wait)));
            now = sent.get(sent.size() - 1);
        }
        for (int i = 0; i < sent.size(); i++) {
            assertFits(sent, i, 3, Duration.ofSeconds(1));
            assertFits(sent, i, 15, Duration.ofMinutes(1));
            assertFits(sent, i, 200, Duration.ofHours(1));
        }
    }

    private static void assertFits(List<Instant> sent, int last, int limit, Duration window) {
        if (last >= limit) {
            assertThat(Duration.between(sent.get(last - limit), sent.get(last))).isGreaterThan(window);
        }
    }

    @Test
    void off_leaves_everything() {
        Throttle off = Throttle.parse("off");

        assertThat(off.schedule(List.of(NOW, NOW, NOW, NOW), NOW, 100, HORIZON))
                .hasSize(100)
                .containsOnly(Duration.ZERO);
    }

    private static List<Duration> schedule(List<Instant> earlier, int wanted) {
        Instant now = earlier.isEmpty() || earlier.get(earlier.size() - 1).isBefore(NOW)
                ? NOW
                : earlier.get(earlier.size() - 1);
        return THROTTLE.schedule(earlier, now, wanted, HORIZON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3,15", "3,15,x", "0,15,200", "-3,15,200"})
    void what_is_no_throttle_is_refused(String text) {
        assertThatThrownBy(() -> Throttle.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PURSER_THROTTLE");
    }
}
