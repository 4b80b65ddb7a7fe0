package dev.purser.reconciliation;

import dev.purser.reconciliation.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one run. */
final class Report {

    private static final String ROWS = """
            select r.finding, r.order_id, r.campaign, p.name, r.cart_item_id, r.purchase_id, r.license_id,
                   r.ordered_cents, r.quoted_cents, r.billed_cents,
                   coalesce(r.billed_cents, 0) - coalesce(r.ordered_cents, 0) as difference,
                   r.raw_cost, r.rule, r.ordered_from, r.ordered_to, r.billed_from, r.billed_to, o.period, r.purchase_time,
                   extract(day from coalesce(run.finished_at, now()) - r.since)::int as age,
                   concat_ws('; ', r.note, d.note || ' (' || d.explained_by || ')') as note
              from reconciliation_row r
              join reconciliation run on run.id = r.run_id
              left join purchasing_account p on p.account_id = r.account_id
              left join orders o on o.id = r.order_ref
              left join discrepancy d on d.finding = r.finding and d.closed_at is null and d.explained_by is not null
                   and d.subject = %s
             where r.run_id = ?""".formatted(Docket.SUBJECT);

    /** For an SQL list of words. */
    static final String DISCREPANCIES = Arrays.stream(Finding.values())
            .filter(Finding::isDiscrepancy)
            .map(finding -> "'" + finding + "'")
            .collect(Collectors.joining(", "));

    private Report() {}

    static void rows(Statements db, long run, Consumer<ReportRow> consumer) {
        db.each(ROWS + " order by r.id", Report::row, consumer, run);
    }

    static List<ReportRow> discrepancies(Statements db, long run, int limit) {
        return db.list(
                ROWS + " and r.finding in (" + DISCREPANCIES + ") order by r.id limit ?", Report::row, run, limit);
    }

    private static ReportRow row(ResultSet row) throws SQLException {
        String note = row.getString("note");
        return new ReportRow(
                Finding.valueOf(row.getString("finding")),
                row.getString("order_id"),
                row.getString("campaign"),
                row.getString("name"),
                Statements.number(row, "cart_item_id"),
                Statements.number(row, "purchase_id"),
                row.getObject("license_id", UUID.class),
                Statements.number(row, "ordered_cents"),
                Statements.number(row, "quoted_cents"),
                Statements.number(row, "billed_cents"),
                row.getLong("difference"),
                row.getBigDecimal("raw_cost"),
                row.getString("rule"),
                period(row, "ordered_from", "ordered_to", row.getString("period")),
                period(row, "billed_from", "billed_to", null),
                Statements.instant(row, "purchase_time"),
                row.getObject("age", Integer.class),
                note.isEmpty() ? null : note);
    }

    private static @Nullable String period(ResultSet row, String from, String to, @Nullable String word)
            throws SQLException {
        Instant start = Statements.instant(row, from);
        Instant end = Statements.instant(row, to);
        if (start != null && end != null) {
            return start + "/" + end;
        }
        return word == null ? null : word.toLowerCase(java.util.Locale.ROOT);
    }
}
