package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Standing.Bought;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Proving the lease locks the account's row until the transaction commits. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlBoughtItems implements BoughtItems {

    private final EntityManager db;
    private final SqlLeases leases;
    private final Orders orders;
    private final Budget budget;
    private final Settings settings;
    private final Clock clock;

    SqlBoughtItems(EntityManager db, SqlLeases leases, Orders orders, Budget budget, Settings settings, Clock clock) {
        this.db = db;
        this.leases = leases;
        this.orders = orders;
        this.budget = budget;
        this.settings = settings;
        this.clock = clock;
    }

    /** Which of these wait although their token was seen bought, on whatever account. */
    @SuppressWarnings("unchecked")
    static List<Bought> before(EntityManager db, List<Line> lines) {
        Map<String, Line> waiting = lines.stream()
                .filter(line -> line.state() == OrderState.RESOLVED || line.state() == OrderState.IN_CART)
                .collect(Collectors.toMap(line -> line.orderId().value(), Function.identity()));
        if (waiting.isEmpty()) {
            return List.of();
        }
        Stream<Tuple> rows = db.createNativeQuery("""
                        select distinct on (order_id) order_id, account_id, item_id, license_id, bought_at from bought_item
                         where order_id = any (cast(:orders as text[])) order by order_id, bought_at, item_id""", Tuple.class)
                .setParameter("orders", waiting.keySet().toArray(String[]::new))
                .getResultStream();
        return rows.map(row -> new Bought(
                        Objects.requireNonNull(waiting.get(row.get(0, String.class))),
                        row.get(1, UUID.class),
                        row.get(2, Long.class),
                        row.get(3, UUID.class),
                        row.get(4, Instant.class)))
                .toList();
    }

    @Override
    public @Nullable Instant lookedAt(PurchasingAccount account) {
        return new AccountSql(db, account)
                .rows("select looked_at, name from purchasing_account where account_id = :account")
                .findFirst()
                .map(row -> row.get(0, Instant.class))
                .orElse(null);
    }

    /** An item that nobody has seen stands under the number of its addition, negative. */
    @Override
    public void looked(Lease lease, List<CartItem> bought, List<CartItem> cart, Instant at) {
        leases.proveUnhurried(lease);
        write(lease.account(), bought);
        List<CartItem> seen = Stream.concat(bought.stream(), cart.stream())
                .filter(item -> orderId(item) != null)
                .toList();
        statements(lease)
                .update(
                        """
                with gone as (
                    insert into item_removal (account_id, item_id, order_ref, removed_at)
                    select a.account_id, -a.id, a.order_ref, now()
                      from cart_add a join purchasing_account p using (account_id) join orders o on o.id = a.order_ref
                     where a.account_id = :account and a.id > p.looked_add and a.result = 'ADDED'
                       and o.state in ('RESOLVED', 'HELD')
                       and not exists (select from unnest(cast(:items as bigint[]), cast(:orders as text[])) as seen (item, order_id)
                                        where seen.order_id = o.order_id
                                          and not exists (select from item_removal r
                                                           where r.account_id = a.account_id and r.item_id = seen.item
                                                             and r.removed_at is not null))
                        on conflict do nothing)
                update purchasing_account set looked_at = cast(:at as timestamptz),
                       looked_add = coalesce((select max(id) from cart_add where account_id = :account), 0)
                 where account_id = :account""",
                        Map.of(
                                "at",
                                at.toString(),
                                "items",
                                seen.stream().map(CartItem::id).toArray(Long[]::new),
                                "orders",
                                seen.stream().map(this::orderId).toArray(String[]::new)));
    }

    @Override
    public void remember(PurchasingAccount account, List<CartItem> items) {
        write(account, items);
    }

    /** Private, so that it joins the transaction: calls of this bean's other methods would each begin one. */
    private void write(PurchasingAccount account, List<CartItem> items) {
        List<CartItem> ours = items.stream()
                .filter(item -> item.boughtLicense().isPresent())
                .filter(item -> orderId(item) != null)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        db.createNativeQuery("""
                        insert into bought_item (account_id, item_id, order_id, license_id, bought_at)
                        select :account, t.item, t.order_id, t.license, t.at
                          from unnest(cast(:items as bigint[]), cast(:orders as text[]), cast(:licenses as uuid[]),
                                      cast(cast(:times as text[]) as timestamptz[])) as t (item, order_id, license, at)
                            on conflict do nothing""")
                .setParameter("account", account.id())
                .setParameter("items", ours.stream().map(CartItem::id).toArray(Long[]::new))
                .setParameter("orders", ours.stream().map(this::orderId).toArray(String[]::new))
                .setParameter(
                        "licenses",
                        ours.stream()
                                .map(item -> item.boughtLicense().orElseThrow())
                                .toArray(UUID[]::new))
                .setParameter(
                        "times", ours.stream().map(SqlBoughtItems::boughtAt).toArray(String[]::new))
                .executeUpdate();
    }

    private @Nullable String orderId(CartItem item) {
        return OrderToken.find(item.description())
                .filter(token -> token.instance().equals(settings.instance()))
                .map(token -> token.orderId().value())
                .orElse(null);
    }

    private static @Nullable String boughtAt(CartItem item) {
        Instant at = Objects.requireNonNull(item.purchased()).time();
        return at == null ? null : at.toString();
    }

    @Override
    public void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners) {
        leases.prove(lease);
        Map<Long, Order> locked =
                orders.lockEach(bought.stream().map(b -> b.line().ref()).toList());
        for (Bought item : bought) {
            Order order = locked.get(item.line().ref());
            if (order == null || order.state().isFinal() || order.state() == OrderState.PURCHASED) {
                continue;
            }
            Money cost = order.quotedCost() == null ? item.line().ownPrice() : order.quotedCost();
            Instant at = item.at() == null ? clock.instant() : item.at();
            order.purchased(
                    owners.apply(item),
                    item.itemId(),
                    item.license(),
                    cost,
                    because("its cart item reads as bought: by an earlier run or by a person"));
            budget.settle(item.account(), Map.of(order.ref(), new Budget.Spending(cost, at)));
        }
    }

    private Because because(String why) {
        return new Because(why, "engine", clock.instant());
    }

    private AccountSql statements(Lease lease) {
        return new AccountSql(db, lease.account());
    }
}
