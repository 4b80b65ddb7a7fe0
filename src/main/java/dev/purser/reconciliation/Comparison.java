package dev.purser.reconciliation;

import dev.purser.reconciliation.sql.Statements;

/**
 * The full outer join of what was billed with what was ordered, and with the licenses that came of it; one statement, inside
 * PostgreSQL. Each line of the bill, each order and each license that nobody billed becomes exactly one row.
 */
public final class Comparison {

    /** What is asked about again, in whatever month it is, because somebody waits for it to agree; all but licenses only by the run about all that is open. */
    private static final String KEPT = """
            kept as (
                select subject from discrepancy
                 where closed_at is null
                   and (finding = 'BILLED_NO_LICENSE'
                        or purchase_id is null and exists (select 1 from reconciliation
                                                            where id = %d and from_day is null and to_day is null)))""";

    private static final String COLUMNS = """
            insert into reconciliation_row (run_id, finding, order_ref, order_id, campaign, account_id, cart_item_id, purchase_id,
                   license_id, ordered_cents, quoted_cents, billed_cents, raw_cost, rule, ordered_from, ordered_to, billed_from,
                   billed_to, purchase_time, since, note)
            """;

    private static final String ROWS = """
            select %1$d, finding, order_ref, coalesce(order_id, edited_order), campaign, coalesce(account_id, purchasing_account),
                   coalesce(item_id, case when purchase_id is null then cart_item_id end), purchase_id,
                   coalesce(billed_license, license_id),
                   case when nth = 1 or purchase_id is null then round(ordered_cost * 100) end,
                   case when nth = 1 or purchase_id is null then round(quoted_cost * 100) end, cents, cost,
                   case when finding <> 'MATCHED' then case when purchase_id is not null and cost is null then 'cost_so_far' end
                        when purchase_id is null then 'no_purchase'
                        when period_rule = 'range_started' and amount_rule = 'exact' then period_rule
                        when period_rule = 'range_started' and amount_rule = 'float32' then 'float32, range_started'
                        else amount_rule end,
                   starts, ends, period_start, period_end, time, since,
                   case when purchase_id is null then
                             case when read is null and state in ('CHECKING_OUT', 'UNKNOWN', 'PURCHASED', 'PROVISIONED')
                                       then 'the ledger of its purchasing account was never read'
                                  else 'order is ' || state end
                        when finding = 'BILLED_NOT_ORDERED' then
                             case when order_id is not null then 'order ' || order_id || ' is ' || state
                                  when edited_order is not null then 'it edits the license of order ' || edited_order
                                  when token is not null then 'it carries our token of order ' || token || ', which is not known here'
                                  when other_token is not null then 'another installation ordered it: ' || other_token end
                        when finding = 'BILLED_TWICE' then
                             case when order_id is null then 'cart item ' || item_id || ' once more'
                                  else 'order ' || order_id || ' once more' end
                        when finding = 'AMOUNT_DIFFERS' then case when period_rule is null then 'the period differs, too' end
                        when finding = 'BILLED_NO_LICENSE' then
                             case when billed_license is null then 'the line names no license' else 'CoCalc knows no such license' end
                        when finding = 'IN_FLIGHT' then 'order ' || order_id || ' is ' || state
                        when finding in ('OTHER_SERVICE', 'REFUND_OR_CREDIT') then 'service ' || service end
              from found
            """;

    private static final String UNBILLED_LICENSES = """
            select %1$d, 'LICENSE_NOT_BILLED', null::bigint, null, null, m.account_id, null::bigint, null::bigint, m.license_id,
                   null::bigint, null::bigint, null::bigint, null::numeric, null, null::timestamptz, null::timestamptz,
                   null::timestamptz, null::timestamptz, null::timestamptz, m.created,
                   case when m.order_id is not null then 'its text carries our token of order ' || m.order_id end
              from managed_license m join ledger_known k on k.account_id = m.account_id and m.seen_run >= k.licenses_run
             where (m.seen_run = k.licenses_run or m.created < k.known_at - interval '1 minute')
               and m.buyer = m.account_id and (%2$s or 'license:' || m.license_id in (select subject from kept))
               and not exists (select 1 from ledger_line l where l.account_id = m.account_id and l.license_id = m.license_id)
               and not exists (select 1 from orders o where o.license_id = m.license_id)
               and not exists (select 1 from orders o where o.order_id = m.order_id and o.state in ('CHECKING_OUT', 'UNKNOWN'))
            """;

    /** Independent of the rows: what they must come to. */
    private static final String BILL = """
            update reconciliation set bill_cents =
                   (select coalesce(sum(l.cents), 0) from ledger_line l where %1$s)
                 + (select coalesce(sum(c.cents), 0) from ledger_change c where %2$s)
             where id = %3$d""";

    private static final String TOTALS = """
            insert into reconciliation_total (run_id, finding, count, ordered_cents, billed_cents)
            select run_id, finding, count(*), coalesce(sum(ordered_cents), 0), coalesce(sum(billed_cents), 0)
              from reconciliation_row where run_id = %d group by run_id, finding""";

    private Comparison() {}

    /** The rows and the totals of the run. */
    public static void write(Statements db, Scope scope) {
        // A hash of a million orders does not fit into what one order may use.
        db.update("set local work_mem = '64MB'");
        // What was loaded a moment ago is as good as unknown to the planner; it need not know it closely.
        db.update("set local default_statistics_target = 10");
        db.update("analyze ledger_line (account_id, id, service, item_id, license_id, order_id, month)");
        db.update("analyze managed_license");
        db.update(rows(scope));
        db.update(BILL.formatted(scope.lines(), scope.changes(), scope.run()));
        db.update(TOTALS.formatted(scope.run()));
    }

    static String rows(Scope scope) {
        return "with " + KEPT.formatted(scope.run()) + ", " + Judgement.of(scope) + ", " + Adjustments.LAST_WORD + "\n"
                + COLUMNS
                + ROWS.formatted(scope.run())
                + "union all\n"
                + UNBILLED_LICENSES.formatted(scope.run(), scope.time("coalesce(m.created, now())"))
                + "union all\n"
                + Adjustments.rows(scope);
    }
}
