package dev.purser.console.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.purser.kernel.SpreadsheetCell;
import dev.purser.reconciliation.ReportRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a run one by one, and below them their sum, in a line whose class is TOTAL. */
final class ReportCsv implements Consumer<ReportRow>, AutoCloseable {

    static final List<String> COLUMNS = List.of(
            "class",
            "order_id",
            "campaign",
            "purchasing_account",
            "cart_item_id",
            "purchase_id",
            "license_id",
            "ordered_cents",
            "quoted_cents",
            "billed_cents",
            "diff_cents",
            "raw_cost",
            "rule",
            "period_ordered",
            "period_billed",
            "purchase_time",
            "age_days",
            "note");

    private final CsvWriter csv;
    private long rows;
    private long ordered;
    private long quoted;
    private long billed;
    private long difference;

    ReportCsv(OutputStream out) {
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .build(new BufferedOutputStream(out), StandardCharsets.UTF_8);
        csv.writeRecord(COLUMNS);
    }

    @Override
    public void accept(ReportRow row) {
        csv.writeRecord(
                row.finding().name(),
                safe(row.orderId()),
                safe(row.campaign()),
                safe(row.purchasingAccount()),
                text(row.cartItemId()),
                text(row.purchaseId()),
                text(row.licenseId()),
                text(row.ordered()),
                text(row.quoted()),
                text(row.billed()),
                Long.toString(row.difference()),
                plain(row.rawCost()),
                safe(row.rule()),
                safe(row.periodOrdered()),
                safe(row.periodBilled()),
                text(row.purchaseTime()),
                text(row.ageDays()),
                safe(row.note()));
        rows++;
        ordered += cents(row.ordered());
        quoted += cents(row.quoted());
        billed += cents(row.billed());
        difference += row.difference();
    }

    void total() {
        csv.writeRecord(
                "TOTAL",
                "",
                "",
                "",
                "",
                "",
                "",
                Long.toString(ordered),
                Long.toString(quoted),
                Long.toString(billed),
                Long.toString(difference),
                "",
                "",
                "",
                "",
                "",
                "",
                rows + " lines");
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static long cents(@Nullable Long cents) {
        return cents == null ? 0 : cents;
    }

    private static String safe(@Nullable String text) {
        return text == null ? "" : SpreadsheetCell.safe(text);
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
