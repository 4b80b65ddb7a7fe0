package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settles what the ledger proves, when the engine has not: its read-back may be what fails. Holding the account's row keeps every
 * lease's holder out meanwhile; afterwards the engine finds the order PURCHASED and leaves it alone, as it does with one that
 * was bought outside.
 */
@ApplicationScoped
public class Settlement {

    private final EntityManager db;
    private final Orders orders;
    private final Budget budget;
    private final Clock clock;

    Settlement(EntityManager db, Orders orders, Budget budget, Clock clock) {
        this.db = db;
        this.orders = orders;
        this.budget = budget;
        this.clock = clock;
    }

    /** @param line it names the order's cart item and the license that came of it */
    public record Proven(long orderRef, LedgerLine line) {}

    /** Orders that were bought learn their purchase, and what it cost, where the engine has not booked it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void book(List<Proven> purchases) {
        Map<Long, LedgerLine> lines =
                purchases.stream().collect(Collectors.toMap(Proven::orderRef, Proven::line, (one, other) -> one));
        for (Order order : orders.lock(lines.keySet())) {
            LedgerLine line = Objects.requireNonNull(lines.get(order.ref()));
            if (order.isBoughtUnbooked()) {
                order.billed(line.id(), line.cost());
                budget.billed(order.ref(), line.cost(), line.time());
            }
        }
    }

    /** @return how many orders became PURCHASED by it */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int settle(PurchasingAccount account, List<Proven> purchases) {
        db.createNativeQuery("select 1 from purchasing_account where account_id = :account for update", Integer.class)
                .setParameter("account", account.id())
                .getResultList();
        Map<Long, Order> locked = orders
                .lock(purchases.stream().map(Proven::orderRef).toList())
                .stream()
                .collect(Collectors.toMap(Order::ref, Function.identity()));
        int settled = 0;
        for (Proven proven : purchases) {
            Order order = locked.get(proven.orderRef());
            if (order != null && !order.state().isFinal() && order.state() != OrderState.PURCHASED) {
                settle(account, order, proven.line());
                settled++;
            }
        }
        return settled;
    }

    private void settle(PurchasingAccount account, Order order, LedgerLine line) {
        Money cost = order.quotedCost() == null ? line.cost() : order.quotedCost();
        order.purchased(
                account,
                Objects.requireNonNull(line.itemId()),
                Objects.requireNonNull(line.licenseId()),
                cost,
                new Because(
                        "the ledger proves it: purchase " + line.id() + " of cart item " + line.itemId() + " at "
                                + line.cost() + " USD",
                        "reconciliation",
                        clock.instant()));
        order.billed(line.id(), line.cost());
        budget.settle(account.id(), Map.of(order.ref(), new Budget.Spending(line.cost(), line.time())));
    }
}
