package dev.purser.intake;

import java.util.List;
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

    /** An estimate of what it weighs in memory, in characters. */
    int weight() {
        return cells.stream().mapToInt(String::length).sum();
    }
}
