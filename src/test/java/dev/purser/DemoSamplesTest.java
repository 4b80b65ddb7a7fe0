package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSamplesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @TempDir
    Path data;

    @Test
    void dates_count_from_the_first_day_and_stay_the_same_on_a_later_one() throws IOException {
        DemoSamples.fillIn(DemoPlan.SAMPLES, data, TODAY);
        String first = Files.readString(data.resolve("samples/orders.csv"));

        DemoSamples.fillIn(DemoPlan.SAMPLES, data, TODAY.plusDays(30));

        assertThat(first).contains("2026-11-30T00:00:00Z").doesNotContain("{{");
        assertThat(data.resolve("samples/orders.csv")).hasContent(first);
        assertThat(data.resolve("samples/orders.jsonl")).content().doesNotContain("{{");
    }

    @Test
    void the_orders_to_wait_for_are_those_that_are_meant_to_become_orders_each_once() throws IOException {
        DemoSamples samples = DemoSamples.fillIn(DemoPlan.SAMPLES, data, TODAY);

        assertThat(samples.rows()).isEqualTo(25);
        assertThat(samples.events()).hasSize(15);
        assertThat(samples.orderIds(true))
                .hasSize(32)
                .contains("demo-c-001", "demo-c-over-budget", "demo-c-unknown-account", "demo-k-011")
                .noneMatch(id -> id.contains("-bad-"));
        assertThat(samples.orderIds(false)).hasSize(20).noneMatch(id -> id.startsWith("demo-k"));
    }

    @Test
    void a_dropped_file_appears_whole() throws IOException {
        DemoSamples samples = DemoSamples.fillIn(DemoPlan.SAMPLES, data, TODAY);

        samples.drop(data.resolve("inbox"));

        assertThat(data.resolve("inbox")).isDirectoryContaining(file -> file.endsWith("orders.csv"));
        assertThat(Files.list(data.resolve("inbox"))).hasSize(1);
    }
}
