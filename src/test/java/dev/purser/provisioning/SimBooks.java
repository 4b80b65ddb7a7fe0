package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.RemovalRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;

class SimBooks implements Books {

    private final SimTransactions tx;

    SimBooks(SimTransactions tx) {
        this.tx = tx;
    }

    @Override
    public void adopt(Lease lease, Map<Line, CartItem> items) {
        tx.write(
                lease,
                () -> items.forEach((line, item) -> {
                    OrderRow order = tx.db().orders.get(line.ref());
                    if (order != null
                            && order.line().mayBeAdoptedBy(lease.account().id())) {
                        boolean mayBeOlder = item.added() == null
                                || SimAddIntents.thatMayHaveArrived(tx.db().adds, order.ref)
                                                .count()
                                        > 1;
                        tx.db()
                                .adds
                                .replaceAll(add -> add.order() == order.ref
                                                && (add.result() == null
                                                        || add.result().equals("ADDED"))
                                                && !mayBeOlder
                                                && !item.added()
                                                        .plus(CLOCKS_DIFFER)
                                                        .isBefore(add.sentAt())
                                        ? add.resulting("FOUND", add.countedAt())
                                        : add);
                        order.become(OrderState.IN_CART, tx.now());
                        order.account = lease.account().id();
                        order.itemId = item.id();
                        tx.simulation.oracle.adopted(item.id());
                        tx.db().removals.remove(item.id());
                        tx.db().holding.remove(item.id());
                    }
                }));
    }

    @Override
    public void cancel(Lease lease, List<Line> lines) {
        tx.write(lease, () -> tx.locked(lines).stream()
                .filter(order -> order.cancelAsked
                        && lines.stream().anyMatch(line -> line.ref() == order.ref && line.isStill(order.line())))
                .forEach(order -> {
                    order.become(OrderState.CANCELLED, tx.now());
                    tx.simulation.oracle.cancelled(order);
                }));
    }

    @Override
    public void removed(Lease lease, Line line, long item) {
        tx.write(lease, () -> {
            tx.db().removals.put(item, new RemovalRow(lease.account().id(), line.ref(), item, tx.now()));
            OrderRow order = tx.db().orders.get(line.ref());
            if (order.account == null && !order.state.isFinal()) {
                order.account = lease.account().id();
            }
        });
    }

    @Override
    public void reject(Lease lease, Line line, String words) {
        tx.write(lease, () -> {
            OrderRow order = tx.db().orders.get(line.ref());
            if (order != null && line.isStill(order.line())) {
                order.become(OrderState.REJECTED, tx.now());
            }
        });
    }

    @Override
    public void hold(Lease lease, Collection<Held> orders) {
        tx.write(lease, () -> {
            for (Held each : orders) {
                OrderRow order = tx.db().orders.get(each.line().ref());
                Held held = asIntended(each);
                if (order == null || !held.line().isStill(order.line())) {
                    continue;
                }
                if (held.code().equals(REFUSED)) {
                    order.become(OrderState.REJECTED, tx.now());
                    order.code = REFUSED;
                } else if (held.code().equals(PAYMENT_PENDING)) {
                    hold(order, held);
                    order.cancelAsked = false;
                } else if (!order.cancelAsked) {
                    hold(order, held);
                }
            }
        });
    }

    private Held asIntended(Held held) {
        Held intended = held.code().equals(ITEM_REMOVED)
                ? tx.db().holding.get(held.line().itemId())
                : null;
        if (intended == null) {
            return held;
        }
        Money quoted = intended.quoted() == null ? held.quoted() : intended.quoted();
        return new Held(held.line(), intended.code(), intended.message(), quoted);
    }

    private void hold(OrderRow order, Held held) {
        order.become(OrderState.HELD, tx.now());
        order.code = held.code();
        order.quoted = held.quoted() == null ? order.quoted : held.quoted();
        if (order.approved != null && held.quoted() != null && held.quoted().isMoreThan(order.approved)) {
            order.approved = null;
        }
    }

    @Override
    public void release(Lease lease, List<Line> lines) {
        tx.write(lease, () -> tx.locked(lines).stream()
                .filter(order -> order.state == OrderState.HELD)
                .forEach(order -> order.become(OrderState.RESOLVED, tx.now())));
    }

    @Override
    public void holding(Lease lease, Collection<Held> orders) {
        tx.write(
                lease,
                () -> orders.forEach(held -> tx.db().holding.put(held.line().itemId(), held)));
    }
}
