package dev.purser.reconciliation;

import dev.purser.reconciliation.Breakdown.Slice;
import dev.purser.reconciliation.Breakdown.Sum;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Sums up the rows of a run, inside the database. */
@ApplicationScoped
public class Breakdowns {

    private static final Duration A_MILLION_ROWS = Duration.ofMinutes(2);

    private static final String SLICES = """
            select %1$s as key, count(*) as rows, coalesce(sum(ordered_cents), 0) as ordered,
                   coalesce(sum(billed_cents), 0) as billed,
                   coalesce(sum(billed_cents) filter (where finding = 'REFUND_OR_CREDIT'), 0) as credited,
                   count(*) filter (where finding in (%2$s)) as discrepancies
              from reconciliation_row where run_id = ? group by 1 order by %3$s""";

    private final Work work;

    Breakdowns(Work work) {
        this.work = work;
    }

    public Breakdown of(long run) {
        return work.call(
                A_MILLION_ROWS,
                db -> new Breakdown(
                        slices(db, run, "finding", "key", row -> Finding.valueOf(row.getString("key"))),
                        slices(
                                db,
                                run,
                                "coalesce(campaign, '')",
                                "billed desc, ordered desc, key",
                                row -> row.getString("key")),
                        slices(db, run, """
                                cast(coalesce(purchase_time, since, (select started_at from reconciliation where id = run_id))
                                     at time zone 'UTC' as date)""", "key", row -> Objects.requireNonNull(Statements.day(row, "key")))));
    }

    /** The rows that somebody must look at, in the order of the report. */
    public List<ReportRow> discrepancies(long run, int limit) {
        return work.call(A_MILLION_ROWS, db -> Report.discrepancies(db, run, limit));
    }

    private static <K> List<Slice<K>> slices(
            Statements db, long run, String key, String order, Statements.Mapper<K> mapper) {
        return db.list(
                SLICES.formatted(key, Report.DISCREPANCIES, order), row -> new Slice<>(mapper.of(row), sum(row)), run);
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getLong("rows"),
                row.getLong("ordered"),
                row.getLong("billed"),
                row.getLong("credited"),
                row.getLong("discrepancies"));
    }
}
