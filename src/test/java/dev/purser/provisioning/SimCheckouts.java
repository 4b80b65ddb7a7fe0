package dev.purser.provisioning;

import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Faults.Kind;
import dev.purser.provisioning.SimDatabase.CheckoutRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

class SimCheckouts implements Checkouts {

    private final SimTransactions tx;
    private final SimBudget budget;

    SimCheckouts(SimTransactions tx, SimBudget budget) {
        this.tx = tx;
        this.budget = budget;
    }

    static Optional<CheckoutRow> open(SimDatabase db, UUID account) {
        return db.checkouts.stream()
                .filter(row -> row.account().equals(account) && row.isOpen())
                .findFirst();
    }

    static Checkout shown(CheckoutRow row) {
        return new Checkout(
                row.id(),
                Checkout.State.valueOf(row.state()),
                row.writtenAt(),
                row.disarmedAt(),
                row.lines(),
                row.billFrom());
    }

    @Override
    public OptionalLong writeDown(Lease lease, Action.Pay pay) {
        return tx.transaction(tx.simulation.faults.strikesPayment(Kind.DATABASE_STALLS), () -> {
            tx.proveAfresh(lease);
            if (!budget.holdsRoomFor(pay) || isPaused(lease)) {
                return OptionalLong.empty();
            }
            if (open(tx.db(), lease.account().id()).isPresent()) {
                throw new IllegalStateException("unique constraint checkout_open");
            }
            List<OrderRow> orders = pay.lines().stream()
                    .map(line -> tx.db().orders.get(line.orderRef()))
                    .toList();
            for (int i = 0; i < orders.size(); i++) {
                OrderRow order = orders.get(i);
                if (order == null
                        || order.state != OrderState.IN_CART
                        || order.itemId != pay.lines().get(i).itemId()) {
                    throw new IllegalStateException("not what was quoted any more");
                }
            }
            long id = ++tx.db().ids;
            tx.db()
                    .checkouts
                    .add(new CheckoutRow(
                            id,
                            lease.account().id(),
                            lease.fence(),
                            "PAYING",
                            tx.now(),
                            null,
                            List.copyOf(pay.lines()),
                            pay.billFrom(),
                            null,
                            null));
            for (int i = 0; i < orders.size(); i++) {
                PaidLine line = pay.lines().get(i);
                orders.get(i).become(OrderState.CHECKING_OUT, tx.now());
                orders.get(i).quoted = line.price();
                budget.reserve(lease, line.orderRef(), id, line.price());
            }
            Money excess = pay.total()
                    .minus(Money.sum(pay.lines().stream().map(PaidLine::price).toList()));
            if (excess.isMoreThan(Money.ZERO)) {
                budget.reserve(lease, null, id, excess);
            }
            tx.simulation.oracle.written(lease);
            return OptionalLong.of(id);
        });
    }

    boolean isPaused(Lease lease) {
        return tx.db().isPaused(lease.account().id());
    }

    private List<OrderRow> stillPaid(Checkout checkout) {
        return checkout.lines().stream()
                .map(line -> tx.db().orders.get(line.orderRef()))
                .filter(order ->
                        order != null && (order.state == OrderState.CHECKING_OUT || order.state == OrderState.UNKNOWN))
                .toList();
    }

    @Override
    public void callOff(Lease lease, Checkout checkout, String why) {
        tx.write(lease, () -> {
            stillPaid(checkout).forEach(order -> order.become(OrderState.IN_CART, tx.now()));
            shut(checkout, "CALLED_OFF");
        });
    }

    @Override
    public void doubt(Lease lease, Checkout checkout, String why) {
        tx.write(lease, () -> {
            stillPaid(checkout).forEach(order -> order.become(OrderState.UNKNOWN, tx.now()));
            become(checkout, "DOUBTED", null);
        });
    }

    @Override
    public void asked(Lease lease, Checkout checkout, String answer) {
        tx.write(lease, () -> {});
    }

    @Override
    public void disarmed(Lease lease, Checkout checkout) {
        tx.write(lease, () -> become(checkout, "DISARMED", tx.now()));
    }

    private void become(Checkout checkout, String state, Instant disarmed) {
        tx.db().checkouts.replaceAll(row -> row.id() == checkout.id() ? row.become(state, disarmed) : row);
    }

    private void shut(Checkout checkout, String state) {
        tx.db().reservations.replaceAll(row -> row.checkout() == checkout.id() && row.isOpen() ? row.free() : row);
        become(checkout, state, checkout.disarmedAt());
        tx.change(checkout.id(), row -> row.answered(row.disarmedAt() == null ? tx.now() : row.disarmedAt()));
    }

    @Override
    public void close(Lease lease, Action.Close close) {
        tx.write(lease, () -> {
            Map<Long, Bought> bought = new HashMap<>();
            close.bought().forEach(item -> bought.put(item.line().ref(), item));
            Money spent = Money.ZERO;
            for (OrderRow order : stillPaid(close.checkout())) {
                Bought item = bought.get(order.ref);
                if (item == null) {
                    order.become(OrderState.IN_CART, tx.now());
                } else {
                    budget.purchased(order, lease.account().id(), item, order.quoted);
                    spent = spent.plus(order.quoted);
                }
            }
            Money paid = spent;
            shut(close.checkout(), "SETTLED");
            if (close.bought().isEmpty() || !close.billed().isEmpty()) {
                tx.change(
                        close.checkout().id(), row -> row.billed(close.bought().isEmpty() ? "PROVEN" : "SEEN"));
            }
            tx.change(
                    lease.account().id(),
                    row -> row.balance() == null
                            ? row
                            : row.withBalance(row.balance().subtract(paid.usd()), row.balanceAt()));
            if (close.pause() != null) {
                tx.change(lease.account().id(), row -> row.paused(close.pause()));
            }
        });
    }
}
