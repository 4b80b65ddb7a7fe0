package dev.purser.provisioning;

import dev.purser.budget.Ask;
import dev.purser.budget.Budget;
import dev.purser.budget.Planned;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The books in PostgreSQL. Proving the lease locks the account's row until the transaction commits. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlBooks implements Books {

    private final EntityManager db;
    private final SqlLeases leases;
    private final Orders orders;
    private final Budget budget;
    private final Pauses pauses;
    private final Settings settings;
    private final Clock clock;

    SqlBooks(
            EntityManager db,
            SqlLeases leases,
            Orders orders,
            Budget budget,
            Pauses pauses,
            Settings settings,
            Clock clock) {
        this.db = db;
        this.leases = leases;
        this.orders = orders;
        this.budget = budget;
        this.pauses = pauses;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void looked(Lease lease, List<CartItem> bought, Instant at) {
        leases.proveUnhurried(lease);
        write(lease.account(), bought);
        update("""
                update purchasing_account set looked_at = cast(:at as timestamptz),
                       looked_add = coalesce((select max(id) from cart_add where account_id = :account), 0)
                 where account_id = :account""", lease, Map.of("at", at.toString()));
    }

    /** As {@link AccountBook#remember}. */
    void remember(PurchasingAccount account, List<CartItem> items) {
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
                .setParameter("times", ours.stream().map(SqlBooks::boughtAt).toArray(String[]::new))
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
        Map<Long, Order> locked = lock(bought.stream().map(b -> b.line().ref()).toList());
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

    @Override
    @Failpoint(Step.ADOPT)
    public void adopt(Lease lease, Map<Line, Long> items) {
        leases.prove(lease);
        Map<Long, Order> locked = lock(items.keySet().stream().map(Line::ref).toList());
        List<Long> adopted = new ArrayList<>();
        items.forEach((line, itemId) -> {
            Order order = locked.get(line.ref());
            if (order != null && Line.of(order).mayBeAdoptedBy(lease.account().id())) {
                order.bind(lease.account());
                order.inCart(itemId, because("cart item " + itemId));
                adopted.add(line.ref());
            }
        });
        db.createNativeQuery("""
                        update cart_add set result = 'FOUND'
                         where order_ref = any (cast(:orders as bigint[])) and result is null""")
                .setParameter("orders", adopted.toArray(Long[]::new))
                .executeUpdate();
    }

    @Override
    public void removed(Lease lease, long item) {
        leases.prove(lease);
        update(
                "insert into item_removal (account_id, item_id, removed_at) values (:account, :item, now())"
                        + " on conflict (account_id, item_id) do update set removed_at = now()",
                lease,
                Map.of("item", item));
    }

    @Override
    public void cancel(Lease lease, List<Line> lines) {
        leases.prove(lease);
        Map<Long, Order> locked = lock(lines.stream().map(Line::ref).toList());
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
        lock(List.of(line.ref())).values().stream()
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
            update("""
                    insert into item_removal (account_id, item_id, code, message, quoted)
                    values (:account, :item, :code, :message, cast(cast(:quoted as text) as numeric))
                        on conflict (account_id, item_id) do update
                       set code = excluded.code, message = excluded.message, quoted = excluded.quoted""", lease, values);
        });
    }

    /** What was lacking in the cart because we had removed it, and the answer was lost. */
    private Held asIntended(Lease lease, Held held) {
        if (!held.code().equals(ITEM_REMOVED)) {
            return held;
        }
        return SqlStandings.rows(
                        db,
                        "select code, message, quoted from item_removal where account_id = :account and item_id = "
                                + held.line().itemId() + " and code is not null",
                        lease.account())
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
    public void hold(Lease lease, Collection<Held> orders) {
        leases.prove(lease);
        Map<Long, Order> locked =
                lock(orders.stream().map(held -> held.line().ref()).toList());
        for (Held each : orders) {
            Held held = asIntended(lease, each);
            Order order = locked.get(held.line().ref());
            if (order == null || !held.line().isStill(Line.of(order))) {
                continue;
            }
            // One that is to be cancelled waits for that: somebody may be buying what was just removed.
            if (held.code().equals(REFUSED)) {
                order.reject(REFUSED, because("CoCalc refused it: " + held.message()));
            } else if (!order.isCancelAsked()) {
                order.hold(held.code(), held.quoted(), because(held.message()));
            }
        }
    }

    @Override
    public void release(Lease lease, List<Line> lines) {
        leases.prove(lease);
        lock(lines.stream().map(Line::ref).toList()).values().stream()
                .filter(order -> order.state() == OrderState.HELD)
                .forEach(order -> order.release(because("there is money for it again")));
    }

    @Override
    public void noteTicks(Lease lease, List<CartItem> foreign) {
        leases.prove(lease);
        foreign.forEach(item -> update(
                "insert into foreign_tick (account_id, item_id) values (:account, :item) on conflict do nothing",
                lease,
                Map.of("item", item.id())));
    }

    @Override
    public void noteRetick(Lease lease, long item) {
        leases.prove(lease);
        update(
                "update foreign_tick set retick_at = now() where account_id = :account and item_id = :item",
                lease,
                Map.of("item", item));
    }

    @Override
    public void tickRestored(Lease lease, long item) {
        leases.prove(lease);
        update("delete from foreign_tick where account_id = :account and item_id = :item", lease, Map.of("item", item));
    }

    @Override
    @Failpoint(Step.WRITE_DOWN)
    public OptionalLong writeDown(Lease lease, Action.Pay pay) {
        leases.proveAfresh(lease);
        Map<Long, Order> locked =
                lock(pay.lines().stream().map(PaidLine::orderRef).toList());
        List<Ask> asks = pay.lines().stream()
                .filter(line -> locked.containsKey(line.orderRef()))
                .map(line -> Line.of(Objects.requireNonNull(locked.get(line.orderRef())))
                        .ask(line.price()))
                .toList();
        if (!budget.holdsRoomFor(Planned.of(asks))) {
            return OptionalLong.empty();
        }
        OptionalLong written = begin(lease, pay);
        if (written.isEmpty()) {
            return written;
        }
        long checkout = written.getAsLong();
        Map<Long, Money> amounts = new LinkedHashMap<>();
        for (PaidLine line : pay.lines()) {
            Order order = locked.get(line.orderRef());
            if (order == null || !Long.valueOf(line.itemId()).equals(order.cartItemId())) {
                throw new IllegalStateException(line.orderId() + " is not what was quoted any more");
            }
            order.checkOut(line.price(), because("checkout " + checkout + " at " + line.price() + " USD"));
            amounts.put(line.orderRef(), line.price());
        }
        db.createNativeQuery("""
                        insert into checkout_line (checkout_id, order_ref, item_id, price)
                        select :checkout, t.order_ref, t.item, t.price
                          from unnest(cast(:orders as bigint[]), cast(:items as bigint[]),
                                      cast(cast(:prices as text[]) as numeric[])) as t (order_ref, item, price)""")
                .setParameter("checkout", checkout)
                .setParameter(
                        "orders", pay.lines().stream().map(PaidLine::orderRef).toArray(Long[]::new))
                .setParameter(
                        "items", pay.lines().stream().map(PaidLine::itemId).toArray(Long[]::new))
                .setParameter(
                        "prices",
                        pay.lines().stream()
                                .map(line -> line.price().toString())
                                .toArray(String[]::new))
                .executeUpdate();
        Money excess = pay.total().minus(Money.sum(amounts.values()));
        budget.reserve(lease.account().id(), checkout, amounts, excess);
        return written;
    }

    /** @return the checkout; empty while buying is paused */
    @SuppressWarnings("unchecked")
    private OptionalLong begin(Lease lease, Action.Pay pay) {
        List<Long> written = db.createNativeQuery("""
                        insert into checkout (account_id, fence, total, state, bill_from)
                        select :account, :fence, :total, 'PAYING', cast(:from as timestamptz)
                         where not exists (%s)
                        returning id""".formatted(Pauses.OPEN), Long.class)
                .setParameter(
                        "from", pay.billFrom() == null ? null : pay.billFrom().toString())
                .setParameter("account", lease.account().id())
                .setParameter("name", lease.account().name())
                .setParameter("fence", lease.fence())
                .setParameter("total", pay.total().usd())
                .getResultList();
        return written.stream().mapToLong(Long::longValue).findFirst();
    }

    @Override
    public void callOff(Lease lease, Checkout checkout, String why) {
        leases.prove(lease);
        stillPaid(checkout).values().forEach(order -> order.refused(because(why)));
        shut(lease, checkout, "CALLED_OFF", why, null);
    }

    @Override
    @Failpoint(Step.DOUBT)
    public void doubt(Lease lease, Checkout checkout, String why) {
        leases.prove(lease);
        stillPaid(checkout).values().stream()
                .filter(order -> order.state() == OrderState.CHECKING_OUT)
                .forEach(order -> order.doubt(because(why)));
        update(
                "update checkout set state = 'DOUBTED', why = :why where id = :checkout and account_id = :account",
                lease,
                Map.of("why", why, "checkout", checkout.id()));
    }

    @Override
    public void asked(Lease lease, Checkout checkout, String answer) {
        leases.prove(lease);
        update(
                "update checkout set asked = asked + 1, asked_at = now(), last_answer = :answer"
                        + " where id = :checkout and account_id = :account",
                lease,
                Map.of("answer", answer, "checkout", checkout.id()));
    }

    @Override
    @Failpoint(Step.DISARMED)
    public void disarmed(Lease lease, Checkout checkout) {
        leases.prove(lease);
        String why = "every tick was taken away; what was bought is asked after the quiet time of "
                + settings.quiet().toSeconds() + " s";
        stillPaid(checkout).values().forEach(order -> order.note(because(why)));
        update(
                "update checkout set state = 'DISARMED', disarmed_at = now() where id = :checkout and account_id = :account",
                lease,
                Map.of("checkout", checkout.id()));
    }

    @Override
    @Failpoint(Step.SETTLE)
    public void close(Lease lease, Action.Close close) {
        leases.prove(lease);
        Checkout checkout = close.checkout();
        Map<Long, Order> locked = stillPaid(checkout);
        Map<Long, Bought> bought =
                close.bought().stream().collect(Collectors.toMap(b -> b.line().ref(), Function.identity()));
        Money spent = Money.ZERO;
        Map<Long, Budget.Spending> spending = new LinkedHashMap<>();
        for (PaidLine line : checkout.lines()) {
            Order order = locked.get(line.orderRef());
            Bought item = bought.get(line.orderRef());
            if (order == null) {
                continue;
            }
            if (item == null) {
                order.backInCart(because("asked after the quiet time: cart item " + line.itemId() + " was not bought"));
            } else {
                Instant at = item.at() == null ? checkout.writtenAt() : item.at();
                order.purchased(
                        lease.account(),
                        line.itemId(),
                        item.license(),
                        line.price(),
                        because("cart item " + line.itemId() + " reads as bought in checkout " + checkout.id()));
                LedgerLine billed = close.billed().get(line.itemId());
                if (billed != null) {
                    order.billed(billed.id(), billed.cost());
                }
                spending.put(line.orderRef(), new Budget.Spending(line.price(), at));
                spent = spent.plus(line.price());
            }
        }
        budget.settle(lease.account().id(), spending);
        shut(
                lease,
                checkout,
                "SETTLED",
                close.bought().size() + " of " + checkout.lines().size() + " bought",
                bill(close));
        update(
                "update purchasing_account set balance = balance - :spent where account_id = :account",
                lease,
                Map.of("spent", spent.usd()));
        if (close.pause() != null) {
            pauses.begin(lease.account().name(), close.pause(), "engine");
        }
    }

    /** What the ledger has shown of it so far. */
    private static @Nullable String bill(Action.Close close) {
        if (close.bought().isEmpty()) {
            return "PROVEN";
        }
        return close.billed().isEmpty() ? null : "SEEN";
    }

    private void shut(Lease lease, Checkout checkout, String state, String why, @Nullable String bill) {
        budget.releaseRest(checkout.id());
        Map<String, @Nullable Object> values =
                new HashMap<>(Map.of("state", state, "why", why, "checkout", checkout.id()));
        values.put("bill", bill);
        update(
                "update checkout set state = :state, closed_at = now(), answered_at = coalesce(disarmed_at, now()), why = concat_ws('; ', why, cast(:why as text)), bill = coalesce(cast(:bill as text), bill) where id = :checkout and account_id = :account",
                lease,
                values);
    }

    /** The orders of a checkout that nothing else has settled in the meantime. */
    private Map<Long, Order> stillPaid(Checkout checkout) {
        Map<Long, Order> locked =
                lock(checkout.lines().stream().map(PaidLine::orderRef).toList());
        locked.values()
                .removeIf(order -> order.state() != OrderState.CHECKING_OUT && order.state() != OrderState.UNKNOWN);
        return locked;
    }

    private Map<Long, Order> lock(List<Long> refs) {
        Map<Long, Order> locked = new HashMap<>();
        orders.lock(refs).forEach(order -> locked.put(order.ref(), order));
        return locked;
    }

    private Because because(String why) {
        return new Because(why, "engine", clock.instant());
    }

    private void update(String sql, Lease lease, Map<String, @Nullable Object> values) {
        var query = db.createNativeQuery(sql)
                .setParameter("account", lease.account().id());
        values.forEach(query::setParameter);
        query.executeUpdate();
    }
}
