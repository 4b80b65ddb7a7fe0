package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Proving the lease locks the account's row until the transaction commits. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlBooks implements Books {

    private final EntityManager db;
    private final SqlLeases leases;
    private final Orders orders;
    private final Clock clock;

    SqlBooks(EntityManager db, SqlLeases leases, Orders orders, Clock clock) {
        this.db = db;
        this.leases = leases;
        this.orders = orders;
        this.clock = clock;
    }

    static List<Removal> removals(AccountSql account, List<Line> bound) {
        return bound.stream()
                        .noneMatch(line -> line.cancelAsked()
                                || line.state() == OrderState.RESOLVED
                                || line.state() == OrderState.IN_CART)
                ? List.of()
                : account.rows("""
                        select r.order_ref, r.item_id, r.removed_at from item_removal r join orders o on o.id = r.order_ref
                         where r.account_id = :account and r.removed_at is not null and o.purchasing_account = r.account_id
                           and (o.state in ('RESOLVED', 'IN_CART')
                                or o.cancel_asked_at is not null and o.state in ('CHECKING_OUT', 'UNKNOWN'))""")
                        .map(row ->
                                new Removal(row.get(0, Long.class), row.get(1, Long.class), row.get(2, Instant.class)))
                        .toList();
    }

    @Override
    @Failpoint(Step.ADOPT)
    public void adopt(Lease lease, Map<Line, CartItem> items) {
        leases.prove(lease);
        Map<Long, Order> locked =
                orders.lockEach(items.keySet().stream().map(Line::ref).toList());
        List<Long> adopted = new ArrayList<>();
        List<CartItem> inTheCart = new ArrayList<>();
        items.forEach((line, item) -> {
            Order order = locked.get(line.ref());
            if (order != null && Line.of(order).mayBeAdoptedBy(lease.account().id())) {
                order.bind(lease.account());
                order.inCart(item.id(), because("cart item " + item.id()));
                adopted.add(line.ref());
                inTheCart.add(item);
            }
        });
        found(lease, adopted, inTheCart);
        statements(lease)
                .update(
                        "delete from item_removal where account_id = :account and item_id = any (cast(:items as bigint[]))",
                        Map.of("items", inTheCart.stream().map(CartItem::id).toArray(Long[]::new)));
    }

    /** A clock of CoCalc's that is slow costs the quiet time and no more. */
    private void found(Lease lease, List<Long> orders, List<CartItem> items) {
        statements(lease)
                .update(
                        """
                update cart_add a set result = 'FOUND'
                  from unnest(cast(:orders as bigint[]), cast(cast(:added as text[]) as timestamptz[])) as t (order_ref, added)
                 where a.account_id = :account and a.order_ref = t.order_ref and (a.result is null or a.result = 'ADDED')
                   and a.sent_at <= t.added + cast(:slack as interval)
                   and not exists (select from cart_add other
                                    where other.account_id = :account and other.order_ref = a.order_ref and other.id <> a.id
                                      and (other.result is null or other.result not in ('NOT_SENT', 'REFUSED')))""",
                        Map.of(
                                "orders", orders.toArray(Long[]::new),
                                "added",
                                        items.stream()
                                                .map(CartItem::added)
                                                .map(SqlBooks::text)
                                                .toArray(String[]::new),
                                "slack", CLOCKS_DIFFER.toString()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    @Override
    public void removed(Lease lease, Line line, long item) {
        leases.prove(lease);
        boolean known = statements(lease)
                .rows("select 1 from item_removal where account_id = :account and removed_at is not null and item_id = "
                        + item)
                .findFirst()
                .isPresent();
        orders.lockEach(List.of(line.ref())).values().stream()
                .filter(order -> !order.state().isFinal())
                .forEach(order -> {
                    if (order.purchasingAccount() == null) {
                        order.bind(lease.account());
                    }
                    if (!known && order.state() == OrderState.IN_CART && !Objects.equals(order.cartItemId(), item)) {
                        order.note(
                                because("cart item " + item + ", one too many, is taken out of the cart; the order is"
                                        + " paid when nobody's checkout can buy that one any more"));
                    }
                });
        statements(lease).update("""
                insert into item_removal (account_id, item_id, order_ref, removed_at)
                values (:account, :item, :order, now())
                    on conflict (account_id, item_id) do update
                   set order_ref = excluded.order_ref, removed_at = excluded.removed_at""", Map.of("item", item, "order", line.ref()));
    }

    @Override
    public void cancel(Lease lease, List<Line> lines) {
        leases.prove(lease);
        Map<Long, Order> locked = orders.lockEach(lines.stream().map(Line::ref).toList());
        for (Line line : lines) {
            Order order = locked.get(line.ref());
            if (order != null && line.isStill(Line.of(order)) && order.isCancelAsked()) {
                order.cancelAsAsked(
                        line.state() == OrderState.IN_CART
                                ? "cancelled; cart item " + line.itemId() + " was removed unbought"
                                : "cancelled; it is in no cart",
                        clock.instant());
            }
        }
    }

    @Override
    public void reject(Lease lease, Line line, String words) {
        leases.prove(lease);
        orders.lockEach(List.of(line.ref())).values().stream()
                .filter(order -> line.isStill(Line.of(order)))
                .forEach(order -> order.reject(REFUSED, because("CoCalc refused it: " + words)));
    }

    @Override
    public void holding(Lease lease, Collection<Held> orders) {
        leases.prove(lease);
        orders.forEach(held -> {
            Map<String, @Nullable Object> values = new HashMap<>(Map.of(
                    "item", Objects.requireNonNull(held.line().itemId()),
                    "code", held.code(),
                    "message", held.message()));
            values.put("quoted", held.quoted() == null ? null : held.quoted().toString());
            statements(lease).update("""
                    insert into item_removal (account_id, item_id, code, message, quoted)
                    values (:account, :item, :code, :message, cast(cast(:quoted as text) as numeric))
                        on conflict (account_id, item_id) do update
                       set code = excluded.code, message = excluded.message, quoted = excluded.quoted""", values);
        });
    }

    /** What was lacking in the cart because we had removed it, and the answer was lost. */
    private Held asIntended(Lease lease, Held held) {
        if (!held.code().equals(ITEM_REMOVED)) {
            return held;
        }
        return statements(lease)
                .rows("select code, message, quoted from item_removal where account_id = :account and item_id = "
                        + held.line().itemId() + " and code is not null")
                .findFirst()
                .map(row -> new Held(
                        held.line(), row.get(0, String.class), row.get(1, String.class), quoted(row, held.quoted())))
                .orElse(held);
    }

    private static @Nullable Money quoted(Tuple row, @Nullable Money otherwise) {
        BigDecimal usd = row.get(2, BigDecimal.class);
        return usd == null ? otherwise : new Money(usd);
    }

    @Override
    public void hold(Lease lease, Collection<Held> holds) {
        leases.prove(lease);
        Map<Long, Order> locked =
                orders.lockEach(holds.stream().map(held -> held.line().ref()).toList());
        for (Held each : holds) {
            Held held = asIntended(lease, each);
            Order order = locked.get(held.line().ref());
            if (order == null || !held.line().isStill(Line.of(order))) {
                continue;
            }
            // One that is to be cancelled waits for that: somebody may be buying what was just removed.
            if (held.code().equals(REFUSED)) {
                order.reject(REFUSED, because("CoCalc refused it: " + held.message()));
            } else if (held.code().equals(PAYMENT_PENDING)) {
                order.hold(held.code(), held.quoted(), because(held.message()));
                order.withdrawCancel();
            } else if (!order.isCancelAsked()) {
                order.hold(held.code(), held.quoted(), because(held.message()));
            }
        }
    }

    @Override
    public void release(Lease lease, List<Line> lines) {
        leases.prove(lease);
        orders.lockEach(lines.stream().map(Line::ref).toList()).values().stream()
                .filter(order -> order.state() == OrderState.HELD)
                .forEach(order -> order.release(because("there is money for it again")));
    }

    private Because because(String why) {
        return new Because(why, "engine", clock.instant());
    }

    private AccountSql statements(Lease lease) {
        return new AccountSql(db, lease.account());
    }
}
