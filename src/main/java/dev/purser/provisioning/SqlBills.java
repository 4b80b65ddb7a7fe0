package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.OrderToken;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Standing.Billing;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlBills implements Bills {

    private final EntityManager db;
    private final SqlLeases leases;
    private final Orders orders;
    private final Budget budget;
    private final Pauses pauses;
    private final Settings settings;
    private final Clock clock;

    SqlBills(
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

    /** A checkout that the ledger has not proven for an hour is left to reconciliation. One row for each: a busy account has many. */
    static Billing billing(EntityManager db, UUID account, boolean throttled) {
        List<Unproven> unproven = rows(db, """
                        select c.id, c.bill is not null, c.answered_at,
                               coalesce(c.bill_from, c.written_at - interval '10 minutes'),
                               array_agg(l.item_id order by l.order_ref),
                               array_agg(o.license_id is not null and o.cart_item_id = l.item_id order by l.order_ref),
                               array_agg(l.order_ref order by l.order_ref),
                               array_agg(o.order_id order by l.order_ref),
                               array_agg(l.price order by l.order_ref)
                          from checkout c join checkout_line l on l.checkout_id = c.id join orders o on o.id = l.order_ref
                         where c.account_id = :key and c.state = 'SETTLED' and (c.bill is null or c.bill = 'SEEN')
                           and c.answered_at is not null and c.closed_at > now() - interval '1 hour'
                         group by c.id order by c.id""", account).map(SqlBills::unproven).toList();
        return new Billing(throttled ? reads(db, account) : List.of(), unproven);
    }

    private static Unproven unproven(Tuple row) {
        Long[] items = row.get(4, Long[].class);
        Boolean[] bought = row.get(5, Boolean[].class);
        List<PaidLine> lines = PaidLine.each(
                row.get(6, Long[].class), row.get(7, String[].class), items, row.get(8, BigDecimal[].class));
        return new Unproven(
                row.get(0, Long.class),
                row.get(1, Boolean.class),
                row.get(2, Instant.class),
                row.get(3, Instant.class),
                IntStream.range(0, items.length)
                        .filter(line -> bought[line])
                        .mapToObj(lines::get)
                        .toList(),
                Set.of(items));
    }

    /** The questions of the last hour, oldest first. */
    static List<Instant> reads(EntityManager db, UUID account) {
        return rows(db, """
                        select asked_at from ledger_read
                         where account_id = :key and asked_at > now() - interval '61 minutes' order by 1""", account).map(row -> row.get(0, Instant.class)).toList();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Tuple> rows(EntityManager db, String sql, Object key) {
        return db.createNativeQuery(sql, Tuple.class).setParameter("key", key).getResultStream();
    }

    @Override
    public void asking(Lease lease) {
        leases.prove(lease);
        db.createNativeQuery(
                        "delete from ledger_read where account_id = :account and asked_at < now() - interval '2 hours'")
                .setParameter("account", lease.account().id())
                .executeUpdate();
        db.createNativeQuery("insert into ledger_read (account_id) values (:account)")
                .setParameter("account", lease.account().id())
                .executeUpdate();
    }

    @Override
    public void book(Lease lease, List<Bill.Verdict> verdicts) {
        leases.prove(lease);
        // All at once, in the order in which everybody locks them.
        Map<Long, Order> locked = orders.lockEach(verdicts.stream()
                .flatMap(verdict -> verdict.billed().keySet().stream())
                .map(PaidLine::orderRef)
                .toList());
        verdicts.forEach(verdict -> {
            verdict.billed().forEach((line, billed) -> book(verdict, line, locked.get(line.orderRef()), billed));
            verdict.extra().forEach(line -> spendAgain(lease, verdict, locked, line));
            db.createNativeQuery("update checkout set bill = :bill, why = coalesce(:why, why) where id = :checkout")
                    .setParameter("bill", state(verdict))
                    .setParameter("why", verdict.objection())
                    .setParameter("checkout", verdict.checkout().checkout())
                    .executeUpdate();
            if (verdict.objection() != null) {
                pauses.begin(lease.account().name(), verdict.objection(), "engine");
            }
        });
    }

    private static String state(Bill.Verdict verdict) {
        if (verdict.objection() != null) {
            return "DIFFERS";
        }
        return verdict.complete() ? "PROVEN" : "SEEN";
    }

    private void book(Bill.Verdict verdict, PaidLine line, @Nullable Order order, LedgerLine first) {
        if (order == null) {
            return;
        }
        LedgerLine billed = Stream.concat(Stream.of(first), verdict.extra().stream())
                .filter(each -> each.licenseId() != null && each.licenseId().equals(order.licenseId()))
                .findFirst()
                .orElse(first);
        order.billed(billed.id(), billed.cost());
        if (!billed.cost().equals(line.price())) {
            budget.billed(verdict.checkout().checkout(), line.orderRef(), billed.cost(), billed.time());
            if (!verdict.checkout().booked()) {
                order.note(because("purchase " + billed.id() + " was billed at " + billed.cost() + " USD, quoted at "
                        + line.price() + " USD"));
            }
        }
    }

    /** What was billed once more counts against the limits, whosever item it is. */
    private void spendAgain(Lease lease, Bill.Verdict verdict, Map<Long, Order> locked, LedgerLine line) {
        Optional<Order> ofItem = verdict.checkout().lines().stream()
                .filter(paid -> Long.valueOf(paid.itemId()).equals(line.itemId()))
                .findFirst()
                .map(paid -> locked.get(paid.orderRef()));
        Optional<Order> order = ofItem.or(() -> byToken(line));
        boolean settled = ofItem.isEmpty()
                && order.filter(each -> Objects.equals(each.licenseId(), line.licenseId()))
                        .isPresent();
        if (settled) {
            // As bought outside this checkout, and booked then.
            return;
        }
        budget.spendUnreserved(lease.account().id(), order.map(Order::ref).orElse(null), line.cost(), line.time());
        order.ifPresent(each -> each.note(because("billed twice: purchase " + line.id() + " at " + line.cost()
                + " USD, license " + line.licenseId() + "; the purchasing account is paused")));
    }

    private Optional<Order> byToken(LedgerLine line) {
        return OrderToken.find(line.itemText())
                .filter(token -> token.instance().equals(settings.instance()))
                .flatMap(token -> orders.lock(token.orderId()));
    }

    private Because because(String why) {
        return new Because(why, "engine", clock.instant());
    }
}
