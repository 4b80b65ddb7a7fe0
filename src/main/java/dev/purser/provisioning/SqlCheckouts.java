package dev.purser.provisioning;

import dev.purser.budget.Ask;
import dev.purser.budget.Budget;
import dev.purser.budget.Planned;
import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Proving the lease locks the account's row until the transaction commits. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlCheckouts implements Checkouts {

    private final EntityManager db;
    private final SqlLeases leases;
    private final Orders orders;
    private final Budget budget;
    private final Pauses pauses;
    private final Settings settings;
    private final Clock clock;

    SqlCheckouts(
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

    static Optional<Checkout> open(AccountSql account) {
        return account.rows("""
                        select c.id, c.state, c.written_at, c.disarmed_at,
                               coalesce(c.bill_from, c.written_at - interval '10 minutes'),
                               array_agg(l.order_ref order by l.order_ref), array_agg(o.order_id order by l.order_ref),
                               array_agg(l.item_id order by l.order_ref), array_agg(l.price order by l.order_ref)
                          from checkout c join checkout_line l on l.checkout_id = c.id join orders o on o.id = l.order_ref
                         where c.account_id = :account and c.state in ('PAYING', 'DOUBTED', 'DISARMED')
                         group by c.id""")
                .findFirst()
                .map(row -> new Checkout(
                        row.get(0, Long.class),
                        Checkout.State.valueOf(row.get(1, String.class)),
                        row.get(2, Instant.class),
                        row.get(3, Instant.class),
                        PaidLine.each(
                                row.get(5, Long[].class),
                                row.get(6, String[].class),
                                row.get(7, Long[].class),
                                row.get(8, BigDecimal[].class)),
                        row.get(4, Instant.class)));
    }

    @Override
    @Failpoint(Step.WRITE_DOWN)
    public OptionalLong writeDown(Lease lease, Action.Pay pay) {
        leases.proveAfresh(lease);
        Map<Long, Order> locked =
                orders.lockEach(pay.lines().stream().map(PaidLine::orderRef).toList());
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
        statements(lease)
                .update(
                        "update checkout set state = 'DOUBTED', why = :why where id = :checkout and account_id = :account",
                        Map.of("why", why, "checkout", checkout.id()));
    }

    @Override
    public void asked(Lease lease, Checkout checkout, String answer) {
        leases.prove(lease);
        statements(lease)
                .update(
                        "update checkout set asked = asked + 1, asked_at = now(), last_answer = :answer"
                                + " where id = :checkout and account_id = :account",
                        Map.of("answer", answer, "checkout", checkout.id()));
    }

    @Override
    @Failpoint(Step.DISARMED)
    public void disarmed(Lease lease, Checkout checkout) {
        leases.prove(lease);
        String why = "every tick was taken away; what was bought is asked after the quiet time of "
                + settings.quiet().toSeconds() + " s";
        stillPaid(checkout).values().forEach(order -> order.note(because(why)));
        statements(lease)
                .update(
                        "update checkout set state = 'DISARMED', disarmed_at = now() where id = :checkout and account_id = :account",
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
        statements(lease)
                .update(
                        "update purchasing_account set balance = balance - :spent where account_id = :account",
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
        statements(lease)
                .update(
                        "update checkout set state = :state, closed_at = now(), answered_at = coalesce(disarmed_at, now()), why = concat_ws('; ', why, cast(:why as text)), bill = coalesce(cast(:bill as text), bill) where id = :checkout and account_id = :account",
                        values);
    }

    /** The orders of a checkout that nothing else has settled in the meantime. */
    private Map<Long, Order> stillPaid(Checkout checkout) {
        Map<Long, Order> locked = orders.lockEach(
                checkout.lines().stream().map(PaidLine::orderRef).toList());
        locked.values()
                .removeIf(order -> order.state() != OrderState.CHECKING_OUT && order.state() != OrderState.UNKNOWN);
        return locked;
    }

    private Because because(String why) {
        return new Because(why, "engine", clock.instant());
    }

    private AccountSql statements(Lease lease) {
        return new AccountSql(db, lease.account());
    }
}
