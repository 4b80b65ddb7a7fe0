package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PurchasesTest {
    private final MovableClock clock = new MovableClock("2026-11-23T12:00:00.123Z");
    private final Sandbox sandbox = Sandbox.start(0, clock);
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void pages_over_tied_times_show_every_row_once_newest_first() {
        client.partner(10_000);
        for (int batch = 0; batch < 5; batch++) {
            clock.advance(Duration.ofMillis(7));
            for (int i = 0; i < 6; i++) {
                client.add(SandboxClient.MONTHLY);
            }
            client.checkout();
        }

        Set<Integer> ids = new LinkedHashSet<>();
        String newest = "9";
        for (int offset = 0; offset < 40; offset += 4) {
            JsonNode page = client.call("purchases/get-purchases", "{\"limit\":4,\"offset\":" + offset + "}");
            for (JsonNode row : page.path("purchases")) {
                assertThat(ids.add(row.path("id").asInt())).isTrue();
                assertThat(row.path("time").asText()).isLessThanOrEqualTo(newest);
                newest = row.path("time").asText();
            }
        }

        assertThat(ids).hasSize(31);
        assertThat(ids).startsWith(26, 27, 28, 29, 30, 31);
    }

    @Test
    void a_cutoff_is_inclusive_and_its_zone_is_ignored() {
        client.partner(100);
        String time = client.call("purchases/get-purchases", "{}")
                .path("purchases")
                .path(0)
                .path("time")
                .asText();

        assertThat(rowsSince(time)).isEqualTo(1);
        assertThat(rowsSince("2026-11-23T12:00:00.124Z")).isZero();
        assertThat(rowsSince("2026-11-23T12:00:00.123+05:00")).isEqualTo(1);
        assertThat(rowsSince("2026-11-23T13:00:00.123+05:00")).isZero();
    }

    @Test
    void costs_are_four_byte_floats_and_sums_keep_six_digits_of_each_line() {
        client.partner(300_000);
        clock.advance(Duration.ofSeconds(1));
        client.add(SandboxClient.MONTHLY.replace("\"run_limit\":1", "\"run_limit\":999"));
        client.checkout();

        // the line is 12367.62; in the balance it weighs 12367.6
        assertThat(cost(0)).isEqualByComparingTo("12367.62");
        assertThat(client.call("purchases/get-balance", "{}").decimalValue()).isEqualByComparingTo("287632.4");
        clock.advance(Duration.ofSeconds(1));
        client.control("POST", "purchases", "{\"account\":\"main\",\"kind\":\"renewal\",\"cost\":140000.01}");
        assertThat(cost(0)).isEqualByComparingTo("140000.02");
    }

    @Test
    void lines_without_an_order_can_be_booked() {
        client.partner(100);
        for (String kind : new String[] {"manual", "credit", "refund", "renewal", "metered"}) {
            clock.advance(Duration.ofSeconds(1));
            client.control("POST", "purchases", "{\"account\":\"main\",\"kind\":\"" + kind + "\",\"cost\":5}");
        }

        JsonNode rows = client.call("purchases/get-purchases", "{}").path("purchases");

        assertThat(rows.findValuesAsText("service"))
                .containsExactly("compute-server", "edit-license", "refund", "credit", "license", "credit");
        assertThat(rows.path(0).path("cost").isNull()).isTrue();
        assertThat(client.call("purchases/get-balance", "{}").decimalValue()).isEqualByComparingTo("95");
        assertThat(client.ledger().path("licenses")).hasSize(1);
    }

    private BigDecimal cost(int row) {
        return client.call("purchases/get-purchases", "{}")
                .path("purchases")
                .path(row)
                .path("cost")
                .decimalValue();
    }

    private int rowsSince(String cutoff) {
        return client.call("purchases/get-purchases", "{\"cutoff\":\"" + cutoff + "\"}")
                .path("purchases")
                .size();
    }
}
