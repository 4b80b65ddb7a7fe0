package dev.purser.intake;

import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Submission;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each row of one file is, before the database is asked: an order that may be submitted, or no. */
final class RowCheck {

    private final ImportView file;
    private final List<String> keys;
    private final Rules rules;
    private final boolean replay;

    RowCheck(ImportView file, CsvHeader header, boolean subscriptions) {
        this.file = file;
        this.keys = CsvHeader.keys(header.columns());
        this.rules = new Rules(file.rulesAt(), subscriptions);
        this.replay = isReplay(file);
    }

    /**
     * A row without its cells, so that many fit into the memory. One of {@code submission} and {@code no} is there.
     *
     * @param no why it cannot be submitted
     */
    record CheckedRow(
            long number,
            long line,
            @Nullable Submission submission,
            @Nullable Verdict no) {}

    CheckedRow of(CsvRow row) {
        Map<String, String> cells = row.named(keys);
        CsvRow.Flaw flaw = row.flaw();
        if (flaw != null) {
            return refused(row, cells, flaw.code(), flaw.message());
        }
        return OrderForm.ofCells(cells, rules).fold(new Checked.Cases<>() {
            @Override
            public CheckedRow valid(Checked.Valid order) {
                String source = "csv:" + file.fileName() + ":" + row.line();
                return new CheckedRow(row.number(), row.line(), order.from(source, file.id(), replay), null);
            }

            @Override
            public CheckedRow invalid(Checked.Invalid errors) {
                return refused(row, cells, "invalid", errors.message());
            }
        });
    }

    private static CheckedRow refused(CsvRow row, Map<String, String> cells, String code, String message) {
        Verdict no = Verdict.rejected(row.number(), row.line(), id(cells, "order_id"), code, message);
        return new CheckedRow(row.number(), row.line(), null, no);
    }

    /** The same bytes again are the same orders, not new attempts; but a file of failed rows is dropped in order to try again. */
    private static boolean isReplay(ImportView file) {
        return file.repeats() != null && !file.fileName().endsWith(".errors.csv");
    }

    /** Null where there is none that could be one. */
    static @Nullable String id(Map<String, String> cells, String key) {
        return OrderId.parse(cells.getOrDefault(key, "").strip())
                .map(OrderId::value)
                .orElse(null);
    }
}
