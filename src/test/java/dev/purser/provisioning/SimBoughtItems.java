package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.SimDatabase.AddRow;
import dev.purser.provisioning.SimDatabase.BoughtRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.RemovalRow;
import dev.purser.provisioning.Standing.Bought;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class SimBoughtItems implements BoughtItems {

    private final SimTransactions tx;
    private final SimBudget budget;

    SimBoughtItems(SimTransactions tx, SimBudget budget) {
        this.tx = tx;
        this.budget = budget;
    }

    static List<Bought> before(SimDatabase db, List<Line> lines) {
        List<Bought> bought = new ArrayList<>();
        for (Line line : lines) {
            if (line.state() == OrderState.RESOLVED || line.state() == OrderState.IN_CART) {
                db.bought.values().stream()
                        .filter(row -> row.orderId().equals(line.orderId().value()))
                        .min(Comparator.comparing(BoughtRow::at).thenComparing(BoughtRow::item))
                        .ifPresent(row ->
                                bought.add(new Bought(line, row.account(), row.item(), row.license(), row.at())));
            }
        }
        return bought;
    }

    @Override
    public Instant lookedAt(PurchasingAccount account) {
        return tx.transaction(() -> tx.db().accounts.get(account.id()).lookedAt());
    }

    @Override
    public void remember(PurchasingAccount account, List<CartItem> items) {
        tx.transaction(() -> {
            keep(account, items);
            return null;
        });
    }

    void keep(PurchasingAccount account, List<CartItem> items) {
        for (CartItem item : items) {
            OrderToken.find(item.description())
                    .filter(token -> token.instance().equals(tx.simulation.settings.instance()))
                    .ifPresent(token -> item.boughtLicense().ifPresent(license -> tx.db()
                            .bought
                            .putIfAbsent(
                                    account.id() + "/" + item.id(),
                                    new BoughtRow(
                                            account.id(),
                                            item.id(),
                                            token.orderId().value(),
                                            license,
                                            item.purchased().time()))));
        }
    }

    @Override
    public void looked(Lease lease, List<CartItem> bought, List<CartItem> cart, Instant at) {
        tx.write(lease, () -> {
            keep(lease.account(), bought);
            Set<OrderToken> seen = Stream.concat(bought.stream(), cart.stream())
                    .filter(item -> !tx.db().removals.containsKey(item.id()))
                    .flatMap(item -> OrderToken.find(item.description()).stream())
                    .collect(Collectors.toSet());
            UUID account = lease.account().id();
            tx.db().adds.stream()
                    .filter(add -> add.account().equals(account) && "ADDED".equals(add.result()))
                    .filter(add -> add.id() > tx.db().lookedAdd.getOrDefault(account, 0L))
                    .filter(add -> isUnseen(tx.db().orders.get(add.order()), seen))
                    .forEach(add -> tx.db()
                            .removals
                            .putIfAbsent(-add.id(), new RemovalRow(account, add.order(), -add.id(), tx.now())));
            tx.change(lease.account().id(), row -> row.looked(at));
            tx.db()
                    .lookedAdd
                    .put(
                            lease.account().id(),
                            tx.db().adds.stream()
                                    .filter(add ->
                                            add.account().equals(lease.account().id()))
                                    .mapToLong(AddRow::id)
                                    .max()
                                    .orElse(0));
        });
    }

    private boolean isUnseen(OrderRow order, Set<OrderToken> seen) {
        return (order.state == OrderState.RESOLVED || order.state == OrderState.HELD)
                && !seen.contains(new OrderToken(tx.simulation.settings.instance(), order.orderId));
    }

    @Override
    public void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners) {
        tx.write(lease, () -> {
            for (Bought item : bought) {
                OrderRow order = tx.db().orders.get(item.line().ref());
                if (order != null && order.line().isOpen()) {
                    Money cost = order.quoted == null ? item.line().ownPrice() : order.quoted;
                    budget.purchased(order, owners.apply(item).id(), item, cost);
                }
            }
        });
    }
}
