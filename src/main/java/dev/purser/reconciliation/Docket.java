package dev.purser.reconciliation;

import dev.purser.reconciliation.sql.Statements;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The life of discrepancies: what a comparison found is opened or seen again, and what the facts do not say any more is closed. */
final class Docket {

    private static final String READ_AT = "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    /** What became of a sealed purchase is a matter of its own. */
    static final String SUBJECT = """
            coalesce(case when r.rule = 'adjustment' then 'change:' || r.account_id || ':' || r.purchase_id || ':'
                               || %s
                          else 'purchase:' || r.account_id || ':' || r.purchase_id end,
                     'order:' || r.order_id, 'license:' || r.license_id)""".formatted(READ_AT.formatted("r.since"));

    private static final String DIFFERENCES = Arrays.stream(Finding.values())
            .filter(Finding::isDiscrepancy)
            .map(finding -> "'" + finding + "'")
            .collect(Collectors.joining(", ", "r.finding in (", ")"));

    private static final String SEEN_AGAIN = """
            update discrepancy d set seen_run = r.run_id, seen_at = now(), seen_times = d.seen_times + 1,
                   ordered_cents = r.ordered_cents, billed_cents = r.billed_cents
              from reconciliation_row r
             where r.run_id = ? and d.closed_at is null and d.finding = r.finding and d.subject = %s
            """.formatted(SUBJECT);

    /** What is sealed stays in the report of its month as it was, also when CoCalc has mended it since. */
    private static final String OPENED = "with " + Adjustments.LAST_WORD + """

            insert into discrepancy (finding, subject, order_id, account_id, purchase_id, license_id, ordered_cents, billed_cents,
                                     opened_run, seen_run)
            select r.finding, %1$s, r.order_id, r.account_id, r.purchase_id, r.license_id, r.ordered_cents, r.billed_cents,
                   r.run_id, r.run_id
              from reconciliation_row r where r.run_id = ? and %2$s and %1$s is not null
               and (r.rule = 'adjustment' or not exists (select 1 from last_word w
                        where w.agrees and w.account_id = r.account_id and w.id = r.purchase_id))
                on conflict (finding, subject) where closed_at is null do nothing""".formatted(SUBJECT, DIFFERENCES);

    /**
     * What the run found to be something else, or the line that was lacking. A run about all that is open has a row for each order
     * and each license with a difference, unless a sealed line tells that it was billed; without a row, that of a license is closed only where
     * licenses were told.
     */
    private static final String CLOSED = """
            update discrepancy d set closed_run = ?, closed_at = now()
             where d.closed_at is null and d.seen_run <> ?
               and (d.subject in (select %1$s from reconciliation_row r where r.run_id = ?)
                    or d.subject like 'order:%%'
                       and (? or d.order_id in (select order_id from reconciliation_row r
                                                 where r.run_id = ? and r.order_ref is not null and r.purchase_id is not null))
                    or d.subject like 'license:%%'
                       and (? and exists (select 1 from ledger_known k where k.account_id = d.account_id and k.licenses_run is not null)
                            or d.license_id in (select license_id from reconciliation_row r
                                                 where r.run_id = ? and r.purchase_id is not null)))""".formatted(SUBJECT);

    /**
     * A sealed purchase that CoCalc has mended since, and what it changed and took back. A change that stays ends when it is sealed as the
     * adjustment of a later month and somebody has said why.
     */
    private static final String MENDED = "with " + Adjustments.LAST_WORD + """

            update discrepancy d set closed_run = ?, closed_at = now()
              from last_word w
             where d.closed_at is null and d.account_id = w.account_id and d.purchase_id = w.id
               and (d.subject not like 'change:%' and w.agrees
                        and d.finding in ('AMOUNT_DIFFERS', 'BILLED_NOT_ORDERED', 'BILLED_TWICE')
                    or d.subject like 'change:%'
                        and (w.agrees or w.undone or d.explained_at is not null
                             and exists (select 1 from ledger_change c
                                          where c.account_id = w.account_id and c.id = w.id and c.month is not null
                                            and d.subject = 'change:' || c.account_id || ':' || c.id || ':' || """ + READ_AT.formatted("c.read_at") + ")))";

    private Docket() {}

    static void keep(Statements db, Run run) {
        db.update(SEEN_AGAIN, run.id());
        db.update(OPENED, run.id());
        boolean open = run.range().isOpen();
        db.update(CLOSED, run.id(), run.id(), run.id(), open, run.id(), open, run.id());
        db.update(MENDED, run.id());
    }

    static List<Discrepancy> opened(Statements db, long run, long after, int limit) {
        return db.list(
                Discrepancies.ALL + " where opened_run = ? and id > ? order by id limit ?",
                Discrepancies::discrepancy,
                run,
                after,
                limit);
    }

    static List<Discrepancy> closed(Statements db, long run, long after, int limit) {
        return db.list(
                Discrepancies.ALL + " where closed_run = ? and id > ? order by id limit ?",
                Discrepancies::discrepancy,
                run,
                after,
                limit);
    }
}
