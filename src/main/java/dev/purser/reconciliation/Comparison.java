package dev.purser.reconciliation;

/**
 * The full outer join of what was billed with what was ordered, and with the licenses that came of it; one statement, inside
 * PostgreSQL. Each line of the bill, each order and each license that nobody billed becomes exactly one row.
 */
final class Comparison {

    /** What is asked about again, in whatever month it is, because somebody waits for it to agree; all but licenses only by the run about all that is open. */
    private static final String KEPT = """
            kept as (
                select subject from discrepancy
                 where closed_at is null
                   and (finding = 'BILLED_NO_LICENSE'
                        or purchase_id is null and exists (select 1 from reconciliation
                                                            where id = %d and from_day is null and to_day is null)))""";

    /**
     * Which order a line belongs to: by its cart item, else by its token, else by its license; never by its amount. Lines out of
     * scope take part, so that the second purchase of an item is found when the first one is sealed.
     */
    private static final String LINES = """
            line as (
                select l.*, %1$s as in_scope,
                       case when kind.of = 'PURCHASE' then coalesce(i.id, t.id, c.id) end as order_ref,
                       case when kind.of = 'EDIT' then c.order_id end as edited_order, c.period as edited_period, kind.of as kind
                  from (select account_id, id, time, cost, cents, service, item_id, license_id, order_id as token,
                               other_token, period_start, period_end, month from ledger_line) l
                  left join orders i on i.purchasing_account = l.account_id and i.cart_item_id = l.item_id
                  left join lateral (select id from orders where i.id is null and order_id = l.token) t on true
                  left join lateral (select id, order_id, period from orders
                                      where i.id is null and t.id is null and license_id = l.license_id) c on true
                 cross join lateral (select case
                       when l.service in ('credit', 'auto-credit', 'refund') or l.cents < 0 then 'CREDIT'
                       when l.service = 'license' or l.item_id is not null then 'PURCHASE'
                       when c.id is not null then 'EDIT'
                       else 'OTHER' end as of) kind)""";

    /**
     * Purchases beside their orders. The first of several is the one whose license the order has: a cart item keeps only its last
     * license. Each of the others was billed once more.
     */
    private static final String JOINED = """
            joined as (
                select l.account_id, l.id as purchase_id, l.time, l.cost, l.cents, l.service, l.item_id,
                       l.license_id as billed_license, l.token, l.other_token, l.period_start, l.period_end,
                       l.kind, l.in_scope, l.month, l.edited_order, l.edited_period,
                       o.id as order_ref, o.order_id, o.campaign, o.state, o.purchasing_account, o.cart_item_id,
                       o.license_id, o.run_limit, o.license_user, o.ram, o.cpu, o.disk, o.member, o.uptime, o.period,
                       o.starts, o.ends, o.state_since, o.received_at,
                       coalesce(o.cost, o.quoted_cost) as paid, o.cost as ordered_cost, o.quoted_cost,
                       case when l.kind = 'PURCHASE' then row_number() over (
                           partition by l.kind, l.order_ref,
                                        case when l.order_ref is null then l.account_id end,
                                        case when l.order_ref is null then coalesce(l.item_id, -l.id) end
                           order by l.license_id is not distinct from o.license_id desc,
                                    l.id is not distinct from o.purchase_id desc, l.time, l.id) end as nth,
                       -- CoCalc moves a range that has started forward, first with its end, later without it; never back.
                       o.period = 'RANGE' and o.starts <= l.time and l.period_start <= l.time + interval '1 minute'
                           and l.period_start >= date_trunc('milliseconds', o.starts)
                           and l.period_end >= date_trunc('milliseconds', o.ends)
                           and l.period_end - date_trunc('milliseconds', o.ends)
                               <= l.period_start - date_trunc('milliseconds', o.starts) as started
                  from line l full join orders o on o.id = l.order_ref)""";

    /** Whether the amount and the period are those that were ordered, and by which rule of CoCalc's. */
    private static final String RULED = """
            ruled as (
                select j.*,
                       case when cents = round(paid * 100) and cost = paid then 'exact'
                            when cents = round(paid * 100) or cost::real = paid::real then 'float32'
                            when started and cost < paid
                                 and abs(cost - license_price(license_user, run_limit, ram, cpu, disk, member, uptime, period,
                                         extract(epoch from period_end - period_start) * 1000)) <= 0.01 * run_limit
                                then 'range_started' end as amount_rule,
                       case when period <> 'RANGE' then
                                 case when abs(extract(epoch from time - period_start)) <= 86460
                                       and abs(extract(epoch from period_end - period_start
                                               - (period_start + case period when 'YEARLY' then interval '1 year'
                                                                             else interval '1 month' end - period_start)))
                                           <= 86400 then 'calendar' end
                            when date_trunc('milliseconds', starts) = period_start
                                 and date_trunc('milliseconds', ends) = period_end then 'exact'
                            when started then 'range_started' end as period_rule
                  from joined j
                 -- Each of these is worked out once for each row, not wherever it is named.
                 offset 0)""";

    private static final String COLUMNS = """
            insert into reconciliation_row (run_id, finding, order_ref, order_id, campaign, account_id, cart_item_id, purchase_id,
                   license_id, ordered_cents, quoted_cents, billed_cents, raw_cost, rule, ordered_from, ordered_to, billed_from,
                   billed_to, purchase_time, since, note)
            """;

    /**
     * What each line and each order is found to be. An order that was bought must have a line, unless it is too young, or was bought
     * after the ledger was read. A later pull that came to no end may have stored more: its licenses count as told, its lines as too
     * new to be asked about.
     */
    private static final String FOUND = """
            found as (
                select r.*, s.since, k.licenses_run is not null as licenses_told, k.read,
                       case when purchase_id is null then
                                 case when state not in ('CHECKING_OUT', 'UNKNOWN', 'PURCHASED', 'PROVISIONED') then 'MATCHED'
                                      when k.read is null or s.since > least(now() - %1$s, k.known_at - interval '1 minute')
                                           then 'IN_FLIGHT'
                                      else 'ORDERED_NOT_BILLED' end
                            when kind = 'CREDIT' then 'REFUND_OR_CREDIT'
                            when kind = 'OTHER' then 'OTHER_SERVICE'
                            when kind = 'EDIT' then
                                 case when edited_period = 'RANGE' then 'OTHER_SERVICE'
                                      when cents > 0 then 'RENEWAL'
                                      else 'BILLED_NOT_ORDERED' end
                            when nth > 1 then case when item_id is null and period in ('MONTHLY', 'YEARLY') then 'RENEWAL'
                                                   else 'BILLED_TWICE' end
                            when order_ref is null then 'BILLED_NOT_ORDERED'
                            when state in ('RECEIVED', 'RESOLVED', 'HELD', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN')
                                 and time > now() - %1$s then 'IN_FLIGHT'
                            when state not in ('PURCHASED', 'PROVISIONED') then 'BILLED_NOT_ORDERED'
                            when amount_rule is null then 'AMOUNT_DIFFERS'
                            when period_rule is null then 'PERIOD_DIFFERS'
                            when m.managed is null
                                 and (k.licenses_run is not null and month is null and time <= k.told_until
                                      or 'purchase:' || account_id || ':' || purchase_id in (select subject from kept))
                                 then 'BILLED_NO_LICENSE'
                            else 'MATCHED' end as finding
                  from ruled r
                  left join (select account_id as read, known_at, coalesce(until, known_at) as told_until, licenses_run
                               from ledger_known where known_at is not null) k
                         on k.read = coalesce(r.account_id, r.purchasing_account)
                  left join (select account_id as manager, license_id as managed, seen_run from managed_license) m
                         on m.manager = r.account_id and m.managed = r.billed_license and m.seen_run >= k.licenses_run
                 cross join lateral (select case
                       when purchase_id is not null then time
                       when state in ('PURCHASED', 'PROVISIONED') then coalesce((
                            select max(at) from order_event e where e.order_ref = r.order_ref and to_state = 'PURCHASED'
                               and from_state is distinct from to_state), state_since)
                       when state in ('CHECKING_OUT', 'UNKNOWN') then state_since
                       else received_at end as since) s
                 where purchase_id is not null and in_scope
                    or purchase_id is null
                       and (%2$s or 'order:' || order_id in (select subject from kept)
                            or state not in ('PROVISIONED', 'REJECTED', 'FAILED', 'CANCELLED'))
                offset 0)""";

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
               and m.buyer = m.account_id and (%3$s or 'license:' || m.license_id in (select subject from kept))
               and not exists (select 1 from ledger_line l where l.account_id = m.account_id and l.license_id = m.license_id)
               and not exists (select 1 from orders o where o.license_id = m.license_id)
               and not exists (select 1 from orders o where o.order_id = m.order_id and o.state in ('CHECKING_OUT', 'UNKNOWN'))
            """;

    private static final String CHANGED = """
            select %1$d, case when l.service = 'license' then 'AMOUNT_DIFFERS'
                              when c.cents < 0 then 'REFUND_OR_CREDIT' else 'OTHER_SERVICE' end,
                   null::bigint, l.order_id, null, c.account_id, l.item_id, c.id, l.license_id,
                   null::bigint, null::bigint, c.cents, c.cost, 'adjustment', null::timestamptz, null::timestamptz,
                   l.period_start, l.period_end, l.time, c.read_at,
                   'sealed in ' || to_char(l.month, 'YYYY-MM') || ' at ' || to_char(l.cents / 100.0, 'FM999999999990.00')
                       || ' USD; this is what changed since'
              from ledger_change c join ledger_line l using (account_id, id)
             where %3$s
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
    static void write(Statements db, Scope scope) {
        // A hash of a million orders does not fit into what one order may use.
        db.update("set local work_mem = '64MB'");
        // What was loaded a moment ago is as good as unknown to the planner.
        db.update("analyze ledger_line (account_id, id, service, item_id, license_id, order_id, month)");
        db.update("analyze managed_license");
        db.update(rows(scope));
        db.update(BILL.formatted(scope.lines(), scope.changes(), scope.run()));
        db.update(TOTALS.formatted(scope.run()));
    }

    static String rows(Scope scope) {
        return "with " + KEPT.formatted(scope.run()) + ", " + LINES.formatted(scope.lines()) + ", " + JOINED + ", "
                + RULED + ", "
                + FOUND.formatted(scope.interval(), scope.time("s.since")) + "\n"
                + COLUMNS
                + ROWS.formatted(scope.run())
                + "union all\n"
                + UNBILLED_LICENSES.formatted(scope.run(), "", scope.time("coalesce(m.created, now())"))
                + "union all\n"
                + CHANGED.formatted(scope.run(), "", scope.changes());
    }
}
