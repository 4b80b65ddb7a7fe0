package dev.purser.reconciliation;

/** What sealed lines have become, as SQL: each change counts in the open month, and the last word on a purchase tells whether all is well now. */
final class Adjustments {

    /**
     * The last word on each sealed line that changed. It {@code agrees} when an order of ours is billed at what was paid, and all that
     * nobody ordered, or that was billed twice, at nothing.
     */
    static final String LAST_WORD = """
            last_word as (
                select l.account_id, l.id, o.id as order_ref, o.order_id, w.cents = 0 as undone,
                       case when (o.purchase_id is null or o.purchase_id = l.id) and o.state in ('PURCHASED', 'PROVISIONED')
                                 then l.cents + w.cents = round(coalesce(o.cost, o.quoted_cost) * 100)
                                      or coalesce(w.cost::real = coalesce(o.cost, o.quoted_cost)::real, false)
                            else l.cents + w.cents = 0 end as agrees
                  from (select account_id, id, sum(cents) as cents, (array_agg(cost order by read_at desc))[1] as cost
                          from ledger_change group by account_id, id) w
                  join ledger_line l using (account_id, id)
                  left join orders i on i.purchasing_account = l.account_id and i.cart_item_id = l.item_id
                  left join orders t on i.id is null and t.order_id = l.order_id
                  left join orders c on i.id is null and t.id is null and c.license_id = l.license_id
                  left join orders o on o.id = coalesce(i.id, t.id, c.id))""";

    private static final String ROWS = """
            select %1$d, case when l.service = 'license' or l.item_id is not null then
                                   case when not (w.agrees or w.undone) then 'AMOUNT_DIFFERS'
                                        when c.cents < 0 and w.order_ref is null then 'REFUND_OR_CREDIT'
                                        else 'MATCHED' end
                              when c.cents < 0 then 'REFUND_OR_CREDIT' else 'OTHER_SERVICE' end,
                   null::bigint, coalesce(w.order_id, l.order_id), null, c.account_id, l.item_id, c.id, l.license_id,
                   null::bigint, null::bigint, c.cents, c.cost, 'adjustment', null::timestamptz, null::timestamptz,
                   l.period_start, l.period_end, l.time, c.read_at,
                   'sealed in ' || to_char(l.month, 'YYYY-MM') || ' at ' || to_char(l.cents / 100.0, 'FM999999999990.00')
                       || ' USD; this is what changed since'
              from ledger_change c join last_word w using (account_id, id) join ledger_line l using (account_id, id)
             where %2$s
            """;

    private Adjustments() {}

    static String rows(Scope scope) {
        return ROWS.formatted(scope.run(), scope.changes());
    }
}
