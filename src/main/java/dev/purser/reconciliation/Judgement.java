package dev.purser.reconciliation;

/** What each line of the bill and each order is found to be, as SQL; the last of its tables is {@code found}. */
final class Judgement {

    /**
     * Which order a line belongs to: by its cart item, else by its token, else by its license; never by its amount. Lines out of
     * scope take part, so that the second purchase of an item is found when the first one is sealed.
     */
    private static final String LINES = """
            line as (
                select l.*, %1$s as in_scope,
                       case when kind.of = 'PURCHASE' then coalesce(i.id, t.id, c.id) end as order_ref,
                       case when kind.of = 'EDIT' then c.order_id end as edited_order, c.period as edited_period,
                       c.purchase_id as edited_purchase, kind.of as kind
                  from (select account_id, id, time, cost, cents, service, item_id, license_id, order_id as token,
                               other_token, period_start, period_end, month from ledger_line) l
                  left join orders i on i.purchasing_account = l.account_id and i.cart_item_id = l.item_id
                  left join lateral (select id from orders where i.id is null and order_id = l.token) t on true
                  left join lateral (select id, order_id, period, purchase_id from orders
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
                       l.kind, l.in_scope, l.month, l.edited_order,
                       coalesce(l.edited_period, o.period) as sold_period, coalesce(l.edited_purchase, o.purchase_id) as sold_by,
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

    /**
     * Whether a line only changed what runs already: it says so itself, or its period is none that a renewal has, and ends no later than
     * what was paid before.
     */
    private static final String UPGRADE = """
            exists (select 1 from ledger_line e where e.account_id = r.account_id and e.id = r.purchase_id
                       and (e.raw #>> '{description,origInfo,end}' = e.raw #>> '{description,modifiedInfo,end}'
                            or e.period_end - e.period_start < case r.sold_period when 'YEARLY' then interval '360 days'
                                                                                  else interval '27 days' end
                               and exists (select 1 from ledger_line b
                                            where b.account_id = e.account_id and b.id <> e.id and b.time <= e.time
                                              and (b.id = r.sold_by or b.license_id = e.license_id and b.service <> 'license')
                                              and b.period_end >= e.period_end - interval '1 day')))""";

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
                                 case when sold_period = 'RANGE' then 'OTHER_SERVICE'
                                      when cents > 0 and not %3$s then 'RENEWAL'
                                      else 'BILLED_NOT_ORDERED' end
                            when nth > 1 then case when item_id is null and period in ('MONTHLY', 'YEARLY') and not %3$s
                                                        then 'RENEWAL'
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

    private Judgement() {}

    static String of(Scope scope) {
        return LINES.formatted(scope.lines()) + ", " + JOINED + ", " + RULED + ", "
                + FOUND.formatted(scope.interval(), scope.time("s.since"), UPGRADE);
    }
}
