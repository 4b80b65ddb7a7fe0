package dev.purser.intake;

import dev.purser.kernel.SpreadsheetCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One row of a results file: the row as it was dropped, and what became of it. */
interface ResultRow {

    /** The contract's words for what became of a row; {@code succeeded} is a command's. */
    enum Status {
        OPEN,
        HELD,
        PROVISIONED,
        SUCCEEDED,
        REJECTED,
        FAILED,
        CANCELLED,
        DUPLICATE
    }

    CsvRow row();

    Verdict verdict();

    Status status();

    /** The cells that follow on the status. */
    List<String> answer();

    /** The row as it was, with all the cells that it has. */
    default List<String> asDropped() {
        return row().cells().stream().map(SpreadsheetCell::safe).toList();
    }

    /** Whether it belongs into the errors file, to be dropped again. */
    default boolean isError() {
        return status() == Status.REJECTED || status() == Status.FAILED;
    }

    /** @param width how many columns the dropped file has; a row with too few or too many cells is made to fit */
    default List<String> cells(int width) {
        List<String> cells = new ArrayList<>(width + 10);
        for (int i = 0; i < width; i++) {
            cells.add(SpreadsheetCell.safe(
                    i < row().cells().size() ? row().cells().get(i) : ""));
        }
        cells.add(Long.toString(row().number()));
        cells.add(status().name().toLowerCase(Locale.ROOT));
        cells.addAll(answer());
        return cells;
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
