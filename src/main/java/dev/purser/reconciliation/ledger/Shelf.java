package dev.purser.reconciliation.ledger;

import dev.purser.kernel.bulk.CopyRows;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One account's ledger in the database. Lines are facts: what was read stays, whatever becomes of the run that read it. */
public final class Shelf {

    private static final Duration A_PORTION = Duration.ofMinutes(2);

    public static final String COLUMNS =
            "account_id, id, time, cost, so_far, cents, service, item_id, license_id, order_id,"
                    + " other_token, period_start, period_end, raw";

    private static final String MERGE = """
            insert into ledger_line (%1$s) select %1$s from pulled
                on conflict (account_id, id) do update
               set time = excluded.time, cost = excluded.cost, so_far = excluded.so_far, cents = excluded.cents,
                   service = excluded.service, item_id = excluded.item_id, license_id = excluded.license_id,
                   order_id = excluded.order_id, other_token = excluded.other_token,
                   period_start = excluded.period_start, period_end = excluded.period_end, raw = excluded.raw
             where ledger_line.month is null and ledger_line.raw <> excluded.raw""".formatted(COLUMNS);

    /** What a sealed line has become counts in the open month, by how much it differs from what was told before; also that it ended at that. */
    private static final String CHANGES = """
            insert into ledger_change (account_id, id, read_at, cost, cents, raw)
            select p.account_id, p.id, clock_timestamp(), p.cost, p.cents - l.cents - coalesce(c.cents, 0), p.raw
              from pulled p join ledger_line l using (account_id, id)
              left join lateral (select sum(c.cents)::bigint as cents, max(c.cost) as cost from ledger_change c
                                  where c.account_id = p.account_id and c.id = p.id) c on true
             where l.month is not null
               and (p.cents <> l.cents + coalesce(c.cents, 0) or p.cost is not null and coalesce(l.cost, c.cost) is null)""";

    private static final String RUNNING = """
            select l.service, min(l.time) as since from ledger_line l
             where l.account_id = ? and l.time < ? and l.cost is null and l.id <> all (?)
               and not exists (select 1 from ledger_change c
                                where c.account_id = l.account_id and c.id = l.id and c.cost is not null)
             group by l.service""";

    private final Work work;
    private final UUID account;

    /** No line of it was stored before this pull: then COPY need not look for them. */
    private boolean empty;

    public Shelf(Work work, UUID account) {
        this.work = work;
        this.account = account;
        this.empty =
                work.soon(db -> db.list("select 1 from ledger_line where account_id = ? limit 1", row -> "", account)
                        .isEmpty());
    }

    UUID account() {
        return account;
    }

    /** @param lines each id once */
    public void put(List<LedgerEntry> lines) {
        if (lines.isEmpty()) {
            return;
        }
        if (empty && copied(lines)) {
            return;
        }
        empty = false;
        work.run(A_PORTION, db -> {
            db.update("create temp table if not exists pulled (like ledger_line) on commit delete rows");
            copy(db, "pulled", lines);
            db.update(CHANGES);
            db.update(MERGE);
        });
    }

    /** @return false when one of them is there already, and none was stored */
    private boolean copied(List<LedgerEntry> lines) {
        try {
            work.run(A_PORTION, db -> copy(db, "ledger_line", lines));
            return true;
        } catch (AlreadyThere e) {
            return false;
        }
    }

    private static final class AlreadyThere extends RuntimeException {
        AlreadyThere(SQLException e) {
            super(e);
        }
    }

    private void copy(Statements db, String table, List<LedgerEntry> lines) {
        try (CopyRows rows = new CopyRows(db.connection(), table + " (" + COLUMNS + ")")) {
            for (LedgerEntry line : lines) {
                write(line, rows);
            }
            rows.arrive();
        } catch (SQLException e) {
            if ("23505".equals(e.getSQLState())) {
                throw new AlreadyThere(e);
            }
            throw new IllegalStateException(e);
        }
    }

    private void write(LedgerEntry line, CopyRows rows) throws SQLException {
        rows.with(account)
                .with(line.id())
                .with(line.time())
                .with(line.cost())
                .with(line.soFar())
                .with(line.cents())
                .with(withoutNul(line.service()))
                .with(line.itemId())
                .with(line.licenseId())
                .with(withoutNul(line.orderId()))
                .with(withoutNul(line.otherToken()))
                .with(line.periodStart())
                .with(line.periodEnd())
                .with(line.raw().replace("\\u0000", "\\ufffd"))
                .end();
    }

    private static @Nullable String withoutNul(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\ufffd');
    }

    /**
     * From when on lines must be read: an hour before the newest that is known, because a slow checkout shows up late with an early
     * time.
     *
     * @return null: all of them
     */
    @Nullable
    public Instant cutoff(@Nullable Instant wish) {
        return work.soon(db -> db.first(
                        "select least(until - interval '1 hour', ?::timestamptz) as cutoff from ledger_known"
                                + " where account_id = ? and until is not null",
                        row -> Optional.ofNullable(Statements.instant(row, "cutoff")),
                        wish,
                        account)
                .flatMap(cutoff -> cutoff)
                .orElse(null));
    }

    /** Lines of a service that run by what is known of them, the earliest of that time. */
    record Running(String service, Instant since) {}

    /** Those before that time, but for these. */
    List<Running> running(Instant before, Set<Long> told) {
        return work.soon(db -> db.list(
                RUNNING,
                row -> new Running(row.getString("service"), Objects.requireNonNull(Statements.instant(row, "since"))),
                account,
                before,
                told.toArray(Long[]::new)));
    }

    long count() {
        return count(Instant.EPOCH);
    }

    long count(Instant since) {
        return work.call(A_PORTION, db -> db.first(
                        "select count(*) from ledger_line where account_id = ? and time >= ?",
                        row -> row.getLong(1),
                        account,
                        since)
                .orElseThrow());
    }

    /**
     * It was proven.
     *
     * @param began database time when the pull began
     * @param run in which all its licenses were told, or null
     */
    void known(Instant began, @Nullable Long run) {
        work.run(A_PORTION, db -> db.update("""
                        insert into ledger_known (account_id, known_at, until, licenses_run)
                        select ?, ?, coalesce(max(time), timestamptz 'epoch'), ? from ledger_line where account_id = ?
                            on conflict (account_id) do update
                           set known_at = excluded.known_at, until = excluded.until, licenses_run = excluded.licenses_run""", account, began, run, account));
    }

    /** It could not be proven although every page came: the next pull reads all of it. */
    void doubt() {
        work.soon(db -> db.update("update ledger_known set until = null where account_id = ?", account));
    }
}
