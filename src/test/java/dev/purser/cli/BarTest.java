package dev.purser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BarTest {

    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();

    private Bar bar(boolean screen) {
        PrintStream err = new PrintStream(drawn, true, UTF_8);
        Clock clock = new Clock() {
            private Instant now = Instant.EPOCH;

            @Override
            public Instant instant() {
                return now = now.plusSeconds(4);
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        return new Bar(new Terminal(err, err, screen), clock);
    }

    @Test
    void on_a_screen_the_line_is_drawn_over_itself_and_a_shorter_one_leaves_nothing_behind() {
        Bar bar = bar(true);

        bar.show(0, 0, "begins now");
        bar.show(0, 0, "ends");
        bar.done();

        assertThat(drawn.toString(UTF_8)).isEqualTo("\rbegins now\rends      \n");
    }

    @Test
    void elsewhere_a_line_is_printed_now_and_then_when_it_says_something_new() {
        Bar bar = bar(false);

        for (int i = 1; i <= 6; i++) {
            bar.show(i, 6, "row " + i);
        }
        bar.done();

        assertThat(drawn.toString(UTF_8))
                .isEqualTo("[####....................]  16 %  row 1\n[################........]  66 %  row 4\n");
    }
}
