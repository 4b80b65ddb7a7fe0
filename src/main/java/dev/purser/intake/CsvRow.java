package dev.purser.intake;

import dev.purser.kernel.SpreadsheetCell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of a CSV file below the header.
 *
 * @param number 1 for the first below the header
 * @param line where it begins in the file, the header being line 1
 * @param flaw why it cannot be an order whatever its cells say, or null
 */
record CsvRow(
        long number,
        long line,
        List<String> cells,
        @Nullable Flaw flaw) {

    /** @param code one word for programs */
    record Flaw(String code, String message) {}

    /** The cells by their column's name, as the order form reads them. */
    Map<String, String> named(List<String> keys) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < keys.size() && i < cells.size(); i++) {
            named.put(keys.get(i), SpreadsheetCell.undo(cells.get(i)));
        }
        return named;
    }

    /** An estimate of what it weighs in memory, in characters. */
    int weight() {
        return cells.stream().mapToInt(String::length).sum();
    }
}
