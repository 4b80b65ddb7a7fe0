package dev.purser.reconciliation;

import dev.purser.reconciliation.Run.Phase;
import dev.purser.reconciliation.Run.Total;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs in the database. One of them is RUNNING at most, and whoever holds its lease works it; times are the database's. */
public final class Runs {

    private static final String LEASE = "now() + interval '2 minutes'";

    private static final String COLUMNS = """
            id, state, from_day, to_day, actor, phase, pulled, to_pull, eta_seconds, reason, proof, bill_cents, started_at, finished_at, weeded_at""";

    private final Work work;
    private final UUID me = UUID.randomUUID();

    public Runs(Work work) {
        this.work = work;
    }

    /** Somebody else took it over: stop at once. */
    static final class Lost extends RuntimeException {
        Lost(long run) {
            super("reconciliation " + run + " is worked by another instance now");
        }
    }

    /** A new one, or the one that runs; when that one ends in this moment, there is room for a new one. */
    public long enter(Range range, String actor) {
        return entered(range, actor)
                .or(() -> entered(range, actor))
                .orElseThrow(() -> new IllegalStateException("runs end as fast as they begin; start it again"));
    }

    private Optional<Long> entered(Range range, String actor) {
        return work.soon(db -> {
            db.update(
                    "insert into reconciliation (state, phase, from_day, to_day, actor) values ('RUNNING', 'WAITING', ?, ?, ?)"
                            + " on conflict (state) where state = 'RUNNING' do nothing",
                    range.from(),
                    range.to(),
                    actor);
            return db.first("select id from reconciliation where state = 'RUNNING'", row -> row.getLong(1));
        });
    }

    /** The run that nobody works: new, or its instance died. */
    public Optional<Run> take() {
        return work.soon(db -> db.first(
                "update reconciliation set holder = ?, lease_until = " + LEASE
                        + " where state = 'RUNNING' and (holder is null or lease_until < now()) returning " + COLUMNS,
                row -> run(row, Map.of()),
                me));
    }

    Optional<Run> find(long id) {
        return work.soon(db -> find(db, id));
    }

    static Optional<Run> find(Statements db, long id) {
        return db.first(
                "select " + COLUMNS + " from reconciliation where id = ?", row -> run(row, totals(db, row)), id);
    }

    /** Newest first. @param before only those with a lower id; null: from the newest on */
    List<Run> list(@Nullable Long before, int limit) {
        return work.soon(db -> db.list(
                "select " + COLUMNS + " from reconciliation where id < ? order by id desc limit ?",
                row -> run(row, totals(db, row)),
                before == null ? Long.MAX_VALUE : before,
                limit));
    }

    void phase(long run, Phase phase) {
        set(run, "phase = ?", phase.name());
    }

    void progress(long run, long pulled, long toPull, Duration eta) {
        set(run, "pulled = ?, to_pull = ?, eta_seconds = ?", pulled, Math.max(pulled, toPull), eta.toSeconds());
    }

    void prove(long run, String proof) {
        set(run, "proof = ?, eta_seconds = null", proof);
    }

    /** Nothing is concluded: what a comparison left goes, too. In the transaction that tells it. */
    void incomplete(Statements db, long run, String reason) {
        db.update("delete from reconciliation_row where run_id = ?", run);
        db.update("delete from reconciliation_total where run_id = ?", run);
        hold(
                db,
                run,
                "state = 'PULL_INCOMPLETE', phase = 'DONE', eta_seconds = null, bill_cents = null, reason = ?,"
                        + " finished_at = clock_timestamp()",
                reason);
    }

    /** In the transaction that compares, so that nothing is told of a run that another instance works on. */
    void completed(Statements db, long run) {
        hold(db, run, "state = 'COMPLETED', phase = 'DONE', finished_at = clock_timestamp()");
    }

    /** Purser stops: another instance may go on at once. */
    void leave(long run) {
        work.soon(db -> db.update(
                "update reconciliation set holder = null, lease_until = null where id = ? and holder = ?", run, me));
    }

    void signOfLife(long run) {
        set(run, "state = state");
    }

    private void set(long run, String what, @Nullable Object... values) {
        work.run(Duration.ofSeconds(15), db -> hold(db, run, what, values));
    }

    private void hold(Statements db, long run, String what, @Nullable Object... values) {
        Object[] all = java.util.Arrays.copyOf(values, values.length + 2);
        all[values.length] = run;
        all[values.length + 1] = me;
        if (db.update(
                        "update reconciliation set " + what + ", lease_until = " + LEASE
                                + " where id = ? and holder = ? and state = 'RUNNING'",
                        all)
                != 1) {
            throw new Lost(run);
        }
    }

    private static Map<Finding, Total> totals(Statements db, ResultSet run) throws SQLException {
        Map<Finding, Total> totals = new EnumMap<>(Finding.class);
        if (run.getString("bill_cents") != null) {
            for (Finding finding : Finding.values()) {
                totals.put(finding, new Total(0, 0, 0));
            }
        }
        db.each(
                "select finding, count, ordered_cents, billed_cents from reconciliation_total where run_id = ?",
                row -> totals.put(
                        Finding.valueOf(row.getString(1)), new Total(row.getLong(2), row.getLong(3), row.getLong(4))),
                previous -> {},
                run.getLong("id"));
        return totals;
    }

    private static Run run(ResultSet row, Map<Finding, Total> totals) throws SQLException {
        Long eta = Statements.number(row, "eta_seconds");
        Instant started = Statements.instant(row, "started_at");
        return new Run(
                row.getLong("id"),
                Run.State.valueOf(row.getString("state")),
                new Range(Statements.day(row, "from_day"), Statements.day(row, "to_day")),
                row.getString("actor"),
                Phase.valueOf(row.getString("phase")),
                row.getLong("pulled"),
                Statements.number(row, "to_pull"),
                eta == null ? null : Duration.ofSeconds(eta),
                row.getString("reason"),
                row.getString("proof"),
                Statements.number(row, "bill_cents"),
                totals,
                Objects.requireNonNull(started),
                Statements.instant(row, "finished_at"),
                Statements.instant(row, "weeded_at") == null);
    }
}
