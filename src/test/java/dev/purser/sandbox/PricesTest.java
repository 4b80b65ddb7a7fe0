package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final List<String> NUMBERS = List.of("ram", "cpu", "disk", "run_limit");

    @Test
    void every_recorded_price_comes_out_to_the_cent() throws IOException {
        List<Map<String, String>> rows = recordedPrices();

        assertThat(rows).hasSize(40).allSatisfy(row -> {
            ObjectNode cost = Prices.cost(item(row), BigDecimal.ONE);
            assertThat(cost.path("cost_per_project_per_month").decimalValue())
                    .isEqualByComparingTo(row.get("cost_per_project_per_month"));
            assertThat(cost.path("cost_per_unit").decimalValue()).isEqualByComparingTo(row.get("cost_per_unit"));
            assertThat(cost.path("cost").decimalValue()).isEqualByComparingTo(row.get("cost"));
        });
    }

    @Test
    void the_checkout_total_is_a_cent_above_the_line_where_binary_floats_make_it_so() throws IOException {
        try (Sandbox sandbox = Sandbox.start(0, new MovableClock("2026-11-23T12:00:00Z"))) {
            SandboxClient client = new SandboxClient(sandbox);
            client.partner(100_000);
            assertThat(recordedPrices()).allSatisfy(row -> {
                client.add(Json.write(item(row).path("description")));
                var params = client.call("purchases/get-shopping-cart-checkout-params", "{}");
                client.call(
                        "shopping/cart/delete",
                        "{\"id\":" + params.path("cart").path(0).path("id") + "}");

                assertThat(params.path("total").decimalValue()).isEqualByComparingTo(row.get("checkout_total"));
                assertThat(params.path("cart").path(0).path("lineItemAmount").decimalValue())
                        .isEqualByComparingTo(row.get("lineItemAmount"));
            });
        }
    }

    private static ObjectNode item(Map<String, String> row) {
        ObjectNode description = Json.object().put("type", "quota");
        for (String field : List.of("user", "period", "uptime")) {
            description.put(field, row.get(field));
        }
        for (String field : NUMBERS) {
            description.set(field, Numbers.js(Double.parseDouble(row.get(field))));
        }
        description.put("member", row.get("member").equals("True"));
        if (!row.get("start").isEmpty()) {
            description.set("range", Json.array().add(row.get("start")).add(row.get("end")));
        }
        return Json.object().put("product", "site-license").set("description", description);
    }

    private static List<Map<String, String>> recordedPrices() throws IOException {
        try (InputStream csv =
                Objects.requireNonNull(PricesTest.class.getResourceAsStream("/partner-api/prices.csv"))) {
            List<String[]> lines = Arrays.stream(new String(csv.readAllBytes(), StandardCharsets.UTF_8).split("\\R"))
                    .map(line -> line.split(",", -1))
                    .toList();
            return lines.subList(1, lines.size()).stream()
                    .map(cells -> {
                        Map<String, String> row = new HashMap<>();
                        for (int i = 0; i < cells.length; i++) {
                            row.put(lines.get(0)[i], cells[i]);
                        }
                        return row;
                    })
                    .toList();
        }
    }
}
