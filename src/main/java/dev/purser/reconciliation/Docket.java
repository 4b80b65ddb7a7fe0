package dev.purser.reconciliation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The life of discrepancies: what a comparison found is opened or seen again, and what the facts do not say any more is closed. */
final class Docket {

    static final String SUBJECT =
            "coalesce('purchase:' || r.account_id || ':' || r.purchase_id, 'order:' || r.order_id,"
                    + " 'license:' || r.license_id)";

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

    private static final String OPENED = """
            insert into discrepancy (finding, subject, order_id, account_id, purchase_id, license_id, ordered_cents, billed_cents,
                                     opened_run, seen_run)
            select r.finding, %1$s, r.order_id, r.account_id, r.purchase_id, r.license_id, r.ordered_cents, r.billed_cents,
                   r.run_id, r.run_id
              from reconciliation_row r where r.run_id = ? and %2$s and %1$s is not null
                on conflict (finding, subject) where closed_at is null do nothing""".formatted(SUBJECT, DIFFERENCES);

    /** A run about all that is open has also seen what is gone; another one only what it has a row for. */
    private static final String CLOSED = """
            update discrepancy d set closed_run = ?, closed_at = now()
             where d.closed_at is null and d.seen_run <> ?
               and (? and d.purchase_id is null
                    or exists (select 1 from reconciliation_row r
                                where r.run_id = ? and r.account_id = d.account_id and r.purchase_id = d.purchase_id)
                    or d.purchase_id is null
                       and exists (select 1 from reconciliation_row r where r.run_id = ?
                                      and (r.order_id = d.order_id or d.order_id is null and r.license_id = d.license_id)))""";

    private Docket() {}

    static void keep(Statements db, Run run) {
        db.update(SEEN_AGAIN, run.id());
        db.update(OPENED, run.id());
        db.update(CLOSED, run.id(), run.id(), run.range().isOpen(), run.id(), run.id());
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
