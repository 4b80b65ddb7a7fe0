package dev.purser.reconciliation;

import dev.purser.reconciliation.Discrepancy.Age;
import dev.purser.reconciliation.Discrepancy.Explanation;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Differences that runs found. A person can explain one; only the facts can close it. */
@ApplicationScoped
public class Discrepancies {

    static final String ALL = """
            select id, finding, subject, order_id, account_id, purchase_id, license_id, ordered_cents, billed_cents,
                   opened_run, opened_at, seen_at, seen_times, explained_by, explained_at, note, closed_at
              from discrepancy""";

    private static final String OPEN_BY_DAYS = """
            select extract(day from now() - opened_at)::int as days, count(*) as open, count(explained_at) as explained,
                   coalesce(sum(ordered_cents), 0) as ordered, coalesce(sum(billed_cents), 0) as billed
              from discrepancy where closed_at is null group by 1""";

    private final Work work;

    Discrepancies(Work work) {
        this.work = work;
    }

    /** Newest first. @param before only those with a lower id; null: from the newest on */
    public List<Discrepancy> list(boolean onlyOpen, @Nullable Long before, int limit) {
        return work.soon(db -> db.list(
                ALL + " where id < ? and (closed_at is null or not ?) order by id desc limit ?",
                Discrepancies::discrepancy,
                before == null ? Long.MAX_VALUE : before,
                onlyOpen,
                limit));
    }

    public Optional<Discrepancy> find(long id) {
        return work.soon(db -> db.first(ALL + " where id = ?", Discrepancies::discrepancy, id));
    }

    /** The open ones, youngest first; every age is there. */
    public List<Aging> aging() {
        Map<Age, Aging> ages = new EnumMap<>(Age.class);
        Arrays.stream(Age.values()).forEach(age -> ages.put(age, Aging.none(age)));
        work.soon(db -> db.list(OPEN_BY_DAYS, Discrepancies::aging))
                .forEach(days -> ages.merge(days.age(), days, Aging::plus));
        return List.copyOf(ages.values());
    }

    private static Aging aging(ResultSet row) throws SQLException {
        return new Aging(
                Age.of(Duration.ofDays(row.getInt("days"))),
                row.getLong("open"),
                row.getLong("explained"),
                row.getLong("ordered"),
                row.getLong("billed"));
    }

    /** A later explanation takes the place of an earlier one. @return empty where no such discrepancy is open */
    public Optional<Discrepancy> explain(long id, String by, String note) {
        return work.soon(db -> db.update(
                                "update discrepancy set explained_by = ?, explained_at = now(), note = ?"
                                        + " where id = ? and closed_at is null",
                                by,
                                note,
                                id)
                        == 1
                ? db.first(ALL + " where id = ?", Discrepancies::discrepancy, id)
                : Optional.empty());
    }

    static Discrepancy discrepancy(ResultSet row) throws SQLException {
        String by = row.getString("explained_by");
        return new Discrepancy(
                row.getLong("id"),
                Finding.valueOf(row.getString("finding")),
                row.getString("subject"),
                row.getString("order_id"),
                row.getObject("account_id", UUID.class),
                Statements.number(row, "purchase_id"),
                row.getObject("license_id", UUID.class),
                Statements.number(row, "ordered_cents"),
                Statements.number(row, "billed_cents"),
                row.getLong("opened_run"),
                Objects.requireNonNull(Statements.instant(row, "opened_at")),
                Objects.requireNonNull(Statements.instant(row, "seen_at")),
                row.getInt("seen_times"),
                by == null
                        ? null
                        : new Explanation(
                                by,
                                Objects.requireNonNull(Statements.instant(row, "explained_at")),
                                Objects.requireNonNullElse(row.getString("note"), "")),
                Statements.instant(row, "closed_at"));
    }
}
