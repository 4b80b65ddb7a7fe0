package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the partners' page says of an order is what the form takes. */
class GuideColumnsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (.+) \\|$");
    private static final Pattern MOST = Pattern.compile("from 1 to ([0-9]+)$");
    private static final Map<String, String> ORDER = Map.of(
            "order_id",
            "a",
            "account_id",
            "3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23",
            "user",
            "academic",
            "run_limit",
            "1",
            "ram",
            "1",
            "cpu",
            "1",
            "disk",
            "1",
            "member",
            "true",
            "uptime",
            "short",
            "period",
            "monthly");

    private static boolean isTaken(String column, int value) {
        Map<String, String> cells = new HashMap<>(ORDER);
        cells.put(column, Integer.toString(value));
        return OrderForm.ofCells(cells, new OrderForm.Rules(Instant.EPOCH, true)) instanceof Checked.Valid;
    }

    @Test
    void every_column_is_told_and_no_other_with_the_most_that_it_may_hold() throws IOException {
        List<Matcher> rows = ROW.matcher(Files.readString(Path.of("docs", "send-orders-by-csv.md")))
                .results()
                .map(row -> ROW.matcher(row.group()))
                .toList();
        Map<String, Integer> most = new HashMap<>();
        rows.forEach(row -> {
            assertThat(row.matches()).isTrue();
            Matcher number = MOST.matcher(row.group(2));
            if (number.find()) {
                most.put(row.group(1), Integer.valueOf(number.group(1)));
            }
        });

        assertThat(rows).extracting(row -> row.group(1)).containsExactlyElementsOf(OrderForm.COLUMNS);
        assertThat(most).containsOnlyKeys("run_limit", "ram", "cpu", "disk").allSatisfy((column, number) -> {
            assertThat(isTaken(column, number)).as(column).isTrue();
            assertThat(isTaken(column, number + 1)).as(column).isFalse();
        });
    }
}
