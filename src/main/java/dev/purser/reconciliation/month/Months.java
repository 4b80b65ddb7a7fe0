package dev.purser.reconciliation.month;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.reconciliation.House;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Closed months (UTC). What is sealed stays as it is; what comes later counts in the open month. */
@ApplicationScoped
public class Months {

    private static final Duration LONG = Duration.ofMinutes(20);

    private static final String ALL = """
            select month, opening_cents, closing_cents, lines, hash, closed_by, closed_at from closed_month""";

    /** Two who close at once wait for each other. */
    private static final String ALONE = "select pg_advisory_xact_lock(hashtextextended('purser months', 11))::text";

    private final Work work;
    private final House house;

    Months(Work work, House house) {
        this.work = work;
        this.house = house;
    }

    /** Seals it; one that is closed already is answered as it is. */
    public Closing close(YearMonth month, String actor) {
        Optional<String> unknown = house.unknownAccounts();
        if (unknown.isPresent()) {
            // Closed before, it stays so; but nothing is sealed while nobody knows whose ledger is lacking.
            return find(month)
                    .<Closing>map(Closing.Closed::new)
                    .orElseGet(() -> new Closing.Refused("not_read", unknown.get(), List.of()));
        }
        List<PurchasingAccount> accounts = house.accounts();
        return work.call(LONG, db -> close(db, month, actor, accounts, house.grace()));
    }

    /** Within the transaction that is open. */
    public static Closing close(
            Statements db, YearMonth month, String actor, List<PurchasingAccount> accounts, Duration grace) {
        db.list(ALONE, row -> "");
        Optional<ClosedMonth> before = find(db, month);
        if (before.isPresent()) {
            return new Closing.Closed(before.get());
        }
        Seal seal = new Seal(db, month);
        Optional<Closing.Refused> refused =
                new Ripeness(db, month).objection(accounts).or(() -> seal.inFlight(grace));
        if (refused.isPresent()) {
            return refused.get();
        }
        seal.close(actor);
        return new Closing.Closed(find(db, month).orElseThrow());
    }

    /** Newest first. */
    public List<ClosedMonth> list() {
        return work.soon(db -> db.list(ALL + " order by month desc", Months::month));
    }

    public Optional<ClosedMonth> find(YearMonth month) {
        return work.soon(db -> find(db, month));
    }

    private static Optional<ClosedMonth> find(Statements db, YearMonth month) {
        return db.first(ALL + " where month = ?", Months::month, month.atDay(1));
    }

    /** @return empty for a month that is not closed */
    public Optional<Verification> verify(YearMonth month) {
        return work.call(LONG, db -> verify(db, month));
    }

    static Optional<Verification> verify(Statements db, YearMonth month) {
        return find(db, month).map(closed -> Seal.verify(db, closed));
    }

    private static ClosedMonth month(ResultSet row) throws SQLException {
        LocalDate day = Statements.day(row, "month");
        return new ClosedMonth(
                YearMonth.from(Objects.requireNonNull(day)),
                row.getLong("opening_cents"),
                row.getLong("closing_cents"),
                row.getLong("lines"),
                HexFormat.of().formatHex(row.getBytes("hash")),
                row.getString("closed_by"),
                Objects.requireNonNull(Statements.instant(row, "closed_at")));
    }
}
