package dev.purser.reconciliation.month;

import dev.purser.reconciliation.Archive;
import dev.purser.reconciliation.Comparison;
import dev.purser.reconciliation.Scope;
import dev.purser.reconciliation.month.Closing.Refused;
import dev.purser.reconciliation.sql.Statements;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How a month is sealed: a line of text for the opening balance and the month before, then one for each purchase and each change of
 * a sealed one, in an order and a form that every copy of the database has alike, each linked to the one before by SHA-256.
 */
final class Seal {

    private static final int MOST_NAMED = 100;

    /** What the ledger says of a line, down to the last character of it. */
    private static final String HEAD = """
            concat_ws('|', l.account_id, l.id, to_char(l.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                      replace(l.service, '|', '/'), coalesce(trim_scale(l.cost)::text, '-'), l.cents,
                      encode(sha256(convert_to(l.raw::text, 'UTF8')), 'hex'))""";

    private static final String CHANGE = """
            concat_ws('|', 'adjustment', l.account_id, l.id, to_char(l.read_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                      coalesce(trim_scale(l.cost)::text, '-'), l.cents, encode(sha256(convert_to(l.raw::text, 'UTF8')), 'hex'))""";

    /** What we found it to be. */
    private static final String TAIL = """
            concat_ws('|', r.finding, coalesce(r.order_id, '-'), coalesce(r.ordered_cents::text, '-'), coalesce(r.rule, '-'))""";

    /** A class is decided, and its line is sealed, before a pull may change the line or bring another; in the order in which a pull locks. */
    private static final String STILL = "lock table ledger_change, ledger_line in share row exclusive mode";

    private static final String MARK = """
            update ledger_line l set month = ?::date from reconciliation_row r
             where r.run_id = ? and r.account_id = l.account_id and r.purchase_id = l.id
               and r.rule is distinct from 'adjustment' and l.month is null""";

    private static final String MARK_CHANGES = """
            update ledger_change c set month = ?::date from reconciliation_row r
             where r.run_id = ? and r.account_id = c.account_id and r.purchase_id = c.id
               and r.rule = 'adjustment' and r.since = c.read_at and c.month is null""";

    private static final String WRITE = """
            insert into closed_line (month, n, account_id, purchase_id, cents, content, hash)
            select ?::date, n, account_id, id, cents, content, chain(content) over (order by n)
              from (select 0 as n, null::uuid as account_id, null::bigint as id, 0 as cents,
                           concat_ws('|', 'opening', to_char(?::date, 'YYYY-MM'), ?::bigint, ?::text) as content
                    union all
                    select row_number() over (order by account_id, time, id, content), account_id, id, cents, content
                      from (select l.account_id, l.time, l.id, l.cents, %1$s || '||' || %3$s as content
                              from ledger_line l join reconciliation_row r
                                on r.run_id = ? and r.account_id = l.account_id and r.purchase_id = l.id
                                   and r.rule is distinct from 'adjustment'
                             where l.month = ?::date
                            union all
                            select l.account_id, l.read_at, l.id, l.cents, %2$s || '||' from ledger_change l
                             where l.month = ?::date) line) numbered""".formatted(HEAD, CHANGE, TAIL);

    /** What the same lines say now. */
    private static final String NOW = """
            with now as (
                select c.n, c.content as sealed, c.cents as sealed_cents, c.hash,
                       case when c.n = 0 then c.content
                            when c.content like 'adjustment|%%' then
                                 coalesce((select %2$s || '||' from ledger_change l
                                            where l.account_id = c.account_id and l.id = c.purchase_id and l.month = c.month
                                              and c.content = %2$s || '||'), 'changed or gone')
                            else coalesce(%1$s, 'gone') || '||' || split_part(c.content, '||', 2) end as content,
                       case when c.n > 0 then split_part(split_part(c.content, '||', 2), '|', 2) end as order_id,
                       case when c.n > 0 then split_part(split_part(c.content, '||', 2), '|', 3) end as ordered,
                       coalesce(l.cents, c.cents) as cents, c.account_id, c.purchase_id
                  from closed_line c
                  left join ledger_line l on l.account_id = c.account_id and l.id = c.purchase_id
                       and c.content not like 'adjustment|%%'
                 where c.month = ?)
            """.formatted(HEAD, CHANGE);

    private static final String CHANGED = NOW + """
            , linked as (select n, chain(sealed) over (order by n) as link from now)
            select case when now.n = 0 then 'the opening balance'
                        else 'line ' || now.n || ', purchase ' || now.purchase_id || ' of account ' || now.account_id end
                   || case when now.sealed <> now.content then ': sealed as ' || now.sealed || ', it is now ' || now.content
                           when now.n > 0 and now.sealed_cents <> now.cents and now.sealed not like 'adjustment|%'
                                then ': sealed at ' || now.sealed_cents || ' cents, the ledger has ' || now.cents
                           when o.cost is not null and now.ordered <> '-' and now.ordered <> round(o.cost * 100)::text
                                then ': order ' || now.order_id || ' was sealed at ' || now.ordered || ' cents, it says '
                                     || round(o.cost * 100)
                           else ': what is sealed was changed, its hash does not fit' end
              from now join linked using (n) left join orders o on o.order_id = now.order_id
             where now.sealed <> now.content or linked.link <> now.hash
                or now.n > 0 and now.sealed_cents <> now.cents and now.sealed not like 'adjustment|%'
                or o.cost is not null and now.ordered <> '-' and now.ordered <> round(o.cost * 100)::text
             order by now.n limit ?""";

    private static final String RECOMPUTED = NOW + "select chain(content order by n) as hash, count(*) - 1 as lines,"
            + " coalesce(sum(cents) filter (where n > 0), 0) as cents from now";

    private final Statements db;
    private final LocalDate day;

    Seal(Statements db, YearMonth month) {
        this.db = db;
        this.day = month.atDay(1);
    }

    /** Compares the month once more, as a run of its own that has the report of what is sealed. */
    Optional<Refused> inFlight(Duration grace) {
        db.update(STILL);
        run = db.first("""
                        insert into reconciliation (state, phase, from_day, to_day, actor, proof, finished_at)
                        values ('COMPLETED', 'DONE', ?, ?, ?, 'as it was read before', now()) returning id""", row -> row.getLong(1), day, YearMonth.from(day).atEndOfMonth(), Archive.MONTH_CLOSE)
                .orElseThrow();
        Comparison.write(db, Scope.sealing(run, grace, day));
        List<String> orders = db.list("""
                select order_id from reconciliation_row where run_id = ? and finding = 'IN_FLIGHT' and order_id is not null
                union
                select order_id from orders where state in ('CHECKING_OUT', 'UNKNOWN')
                   and state_since < (?::date + interval '1 month') at time zone 'UTC'
                 order by 1 limit ?""", row -> row.getString(1), run, day, MOST_NAMED);
        if (orders.isEmpty()) {
            return Optional.empty();
        }
        db.update("delete from reconciliation_row where run_id = ?", run);
        db.update("delete from reconciliation_total where run_id = ?", run);
        db.update("delete from reconciliation where id = ?", run);
        return Optional.of(new Refused(
                "in_flight",
                "it is not known yet what became of " + String.join(", ", orders)
                        + "; close the month when they are settled",
                orders));
    }

    private long run;

    void close(String actor) {
        db.update(MARK, day, run);
        db.update(MARK_CHANGES, day, run);
        long opening = db.first(
                        "select closing_cents from closed_month order by month desc limit 1", row -> row.getLong(1))
                .orElseGet(() -> db.first(
                                "select -coalesce(sum(cents), 0) from ledger_line where time < ?::date::timestamp at time zone 'UTC'",
                                row -> row.getLong(1),
                                day)
                        .orElseThrow());
        String before = db.first(
                        "select encode(hash, 'hex') from closed_month order by month desc limit 1",
                        row -> row.getString(1))
                .orElse("-");
        db.update(WRITE, day, day, opening, before, run, day, day);
        db.update("""
                insert into closed_month (month, opening_cents, closing_cents, lines, hash, closed_by)
                select ?, ?, ? - coalesce(sum(cents), 0), count(*) - 1, (array_agg(hash order by n desc))[1], ?
                  from closed_line where month = ?""", day, opening, opening, actor, day);
    }

    static Verification verify(Statements db, ClosedMonth closed) {
        LocalDate day = closed.month().atDay(1);
        List<String> differences = new ArrayList<>(db.list(CHANGED, row -> row.getString(1), day, MOST_NAMED));
        record Now(String hash, long lines, long cents) {}
        Now now = db.first(
                        RECOMPUTED,
                        row -> new Now(
                                HexFormat.of().formatHex(row.getBytes("hash")),
                                row.getLong("lines"),
                                row.getLong("cents")),
                        day)
                .orElseThrow();
        if (now.lines() != closed.lines()) {
            differences.add(closed.lines() + " lines were sealed, " + now.lines() + " are there");
        }
        if (closed.openingCents() - now.cents() != closed.closingCents()) {
            differences.add("from " + closed.openingCents() + " cents, its lines lead to "
                    + (closed.openingCents() - now.cents()) + ", sealed was " + closed.closingCents());
        }
        if (!now.hash().equals(closed.hash()) && differences.isEmpty()) {
            differences.add("the hash of its lines is " + now.hash());
        }
        String opening = db.first(
                        "select content from closed_line where month = ? and n = 0", row -> row.getString(1), day)
                .orElse("");
        if (!opening.startsWith("opening|" + closed.month() + "|" + closed.openingCents() + "|")) {
            differences.add(
                    "its opening balance of " + closed.openingCents() + " cents is not what was sealed: " + opening);
        }
        return new Verification(closed, now.hash(), List.copyOf(differences));
    }
}
