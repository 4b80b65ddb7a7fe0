package dev.purser.reconciliation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each line of the bill and each order is found to be, as SQL; the last of its tables is {@code found}. */
final class Judgement {

    private static final List<String> TOLD = List.of(
            ("order_id campaign state purchasing_account cart_item_id license_id run_limit license_user ram cpu disk member"
                            + " uptime period starts ends state_since received_at quoted_cost")
                    .split(" "));

    /** What an order tells of itself. */
    private static final String ORDER =
            "o.id as order_ref, o.purchase_id as bought_as, o.cost as ordered_cost, o." + String.join(", o.", TOLD);

    private static final String EITHER = Stream.concat(
                    Stream.of("order_ref", "bought_as", "ordered_cost"), TOLD.stream())
            .map("coalesce(m.%1$s, p.%1$s) as %1$s"::formatted)
            .collect(Collectors.joining(", "));

    /**
     * Each line beside the order of its cart item, and what is left over of both. Lines out of scope take part, so that the second
     * purchase of an item is found when the first one is sealed.
     */
    private static final String MET = """
            met as (
                select l.*, %2$s
                  from (select account_id, id as purchase_id, time, cost, cents, service, item_id, license_id as billed_license,
                               order_id as token, other_token, period_start, period_end, month, %1$s as in_scope,
                               service in ('credit', 'auto-credit', 'refund') or cents < 0 as credit,
                               case when not (service in ('credit', 'auto-credit', 'refund') or cents < 0) then item_id end as bought_item
                          from ledger_line l) l
                  full join orders o on o.purchasing_account = l.account_id and o.cart_item_id = l.bought_item)""";

    /**
     * Which order a line belongs to when its cart item is none of ours: by its token, else by its license; never by its amount. The
     * few are looked up one by one, because a join would look for all the others, too.
     */
    private static final String JOINED = """
            joined as (
                select m.account_id, m.purchase_id, m.time, m.cost, m.cents, m.service, m.item_id, m.billed_license, m.token,
                       m.other_token, m.period_start, m.period_end, m.month, m.in_scope, kind.of as kind,
                       case when kind.of = 'EDIT' then c.order_id end as edited_order, c.period as edited_period,
                       c.purchase_id as edited_purchase, %2$s
                  from met m
                  left join lateral (select id from orders
                                      where m.order_ref is null and not m.credit and order_id = m.token limit 1) t on true
                  left join lateral (select id, order_id, period, purchase_id from orders
                                      where m.order_ref is null and not m.credit and t.id is null and license_id = m.billed_license
                                      limit 1) c on true
                 cross join lateral (select case
                       when m.credit then 'CREDIT'
                       when m.service = 'license' or m.item_id is not null then 'PURCHASE'
                       when c.id is not null then 'EDIT'
                       when m.purchase_id is not null then 'OTHER' end as of) kind
                  left join lateral (select %1$s from orders o
                                      where m.order_ref is null and kind.of = 'PURCHASE' and o.id = coalesce(t.id, c.id) limit 1) p on true
                offset 0)""";

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
                  from (select j.*, coalesce(ordered_cost, quoted_cost) as paid,
                               -- CoCalc moves a range that has started forward, first with its end, later without it; never back.
                               period = 'RANGE' and starts <= time and period_start <= time + interval '1 minute'
                                   and period_start >= date_trunc('milliseconds', starts)
                                   and period_end >= date_trunc('milliseconds', ends)
                                   and period_end - date_trunc('milliseconds', ends)
                                       <= period_start - date_trunc('milliseconds', starts) as started
                          from joined j) j
                 -- Each of these is worked out once for each row, not wherever it is named.
                 offset 0)""";

    /**
     * The first of several purchases of an order is the one whose license the order has: a cart item keeps only its last license. Each of
     * the others was billed once more. An order that met no line by its cart item comes last: where it is not the first, a line was found
     * for it.
     */
    private static final String COUNTED = """
            counted as (
                select r.*, coalesce(edited_period, period) as sold_period, coalesce(edited_purchase, bought_as) as sold_by,
                       row_number() over (
                           partition by order_ref,
                                        case when order_ref is null then kind end,
                                        case when order_ref is null then account_id end,
                                        case when order_ref is null then coalesce(item_id, -purchase_id) end
                           order by purchase_id is null,
                                    billed_license is not distinct from license_id desc,
                                    purchase_id is not distinct from bought_as desc, time, purchase_id) as nth
                  from ruled r)""";

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
                                 case when sold_period <> 'RANGE' and cents > 0 and not %3$s then 'RENEWAL'
                                      else 'BILLED_NOT_ORDERED' end
                            when kind = 'PURCHASE' and nth > 1 then case when item_id is null and period in ('MONTHLY', 'YEARLY') and not %3$s
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
                  from counted r
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
                    or purchase_id is null and nth = 1
                       and (%2$s or 'order:' || order_id in (select subject from kept)
                            or state not in ('PROVISIONED', 'REJECTED', 'FAILED', 'CANCELLED'))
                offset 0)""";

    private Judgement() {}

    static String of(Scope scope) {
        return MET.formatted(scope.lines(), ORDER) + ", " + JOINED.formatted(ORDER, EITHER)
                + ", " + RULED + ", " + COUNTED + ", "
                + FOUND.formatted(scope.interval(), scope.time("s.since"), UPGRADE);
    }
}
