package dev.purser.provisioning;

import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables and the store of the simulation, in real time and without its faults. */
final class SimWorld implements StoreWorld {

    static final Simulation.Limits LIMITS =
            new Simulation.Limits(Money.of("90.00"), Money.of("70.00"), Money.of("35.00"));

    /** Of a lease. */
    private static final Duration HALF = Duration.ofMinutes(30);

    private final Simulation simulation;
    private final List<Store> stores;

    SimWorld(long seed, Settings settings) {
        PlantedBug told = new PlantedBug("none") {
            @Override
            Settings settings(Settings right) {
                return settings;
            }

            @Override
            Simulation.Limits limits(Simulation.Limits right) {
                return LIMITS;
            }

            @Override
            SimTransactions transactions(Simulation simulation, String process) {
                return new SimTransactions(simulation, process) {
                    @Override
                    Instant now() {
                        return Instant.now();
                    }

                    @Override
                    <T> T transaction(boolean stalls, Supplier<T> work) {
                        return work.get();
                    }
                };
            }
        };
        simulation = new Simulation(seed, told);
        stores = Stream.of("one", "other")
                .map(holder -> told.store(told.transactions(simulation, holder)))
                .toList();
    }

    private SimDatabase db() {
        return simulation.database;
    }

    @Override
    public Store store(int holder) {
        return stores.get(holder);
    }

    @Override
    public <T> T transaction(boolean fails, Supplier<T> work) {
        SimDatabase before = db().copy();
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            if (fails) {
                throw new Crash();
            }
            return result;
        } finally {
            if (!done || fails) {
                simulation.database = before;
            }
        }
    }

    @Override
    public void accept(Sent order) {
        db().accept(order, Instant.now());
    }

    @Override
    public void expire(PurchasingAccount account) {
        db().accounts
                .computeIfPresent(
                        account.id(),
                        (id, row) -> row.leasedTo(
                                row.holder(), row.fence(), Instant.now().minusSeconds(1)));
    }

    @Override
    public void age(PurchasingAccount account) {
        db().accounts
                .computeIfPresent(
                        account.id(),
                        (id, row) -> row.leaseUntil().isAfter(Instant.now())
                                ? row.leasedTo(
                                        row.holder(), row.fence(), Instant.now().plus(HALF))
                                : row);
    }

    @Override
    public void pause(PurchasingAccount account) {
        if (account == null) {
            db().everywherePaused = true;
        } else {
            db().pausedByPeople.add(account.id());
        }
    }

    @Override
    public void resume(PurchasingAccount account) {
        if (account == null) {
            db().everywherePaused = false;
        } else {
            db().pausedByPeople.remove(account.id());
            db().accounts.computeIfPresent(account.id(), (id, row) -> row.paused(null));
        }
    }

    @Override
    public void bind(PurchasingAccount account) {
        store(0).accounts().bind(account);
    }

    @Override
    public void cancel(OrderId order) {
        db().cancel(row(order), Instant.now());
    }

    @Override
    public void reopen(OrderId order) {
        OrderRow row = row(order);
        if (row.state.isClosedWithoutPurchase()) {
            row.become(OrderState.RECEIVED, Instant.now());
            row.state = OrderState.RESOLVED;
            row.quoted = null;
            row.approved = null;
            row.cancelAsked = false;
        }
    }

    @Override
    public void approve(OrderId order) {
        OrderRow row = row(order);
        if ("needs_approval".equals(row.code)) {
            db().approve(row, row.quoted, Instant.now());
        }
    }

    private OrderRow row(OrderId order) {
        return db().orders.values().stream()
                .filter(row -> row.orderId.equals(order))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String orderOf(long ref) {
        return db().orders.get(ref).orderId.value();
    }

    @Override
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        db().orders
                .values()
                .forEach(row -> rows.add(StoreWorld.row(
                        "order",
                        row.orderId,
                        row.state,
                        row.state == OrderState.HELD ? row.code : null,
                        StoreWorld.account(row.account),
                        row.itemId,
                        row.quoted,
                        row.approved,
                        row.cost,
                        row.license,
                        row.line().isOpen() && row.cancelAsked)));
        db().accounts
                .forEach((id, row) -> rows.add(StoreWorld.row(
                        "account",
                        StoreWorld.account(id),
                        row.fence(),
                        row.holder() != null,
                        row.leaseUntil().isAfter(Instant.now().plus(HALF).plus(HALF.dividedBy(2))),
                        row.lookedAt() != null,
                        row.balance() == null ? null : row.balance().setScale(2),
                        db().isPaused(id))));
        db().adds
                .forEach(row -> rows.add(StoreWorld.row(
                        "add", StoreWorld.account(row.account()), orderOf(row.order()), row.result(), row.words())));
        List<Long> checkouts =
                db().checkouts.stream().map(SimDatabase.CheckoutRow::id).toList();
        db().checkouts
                .forEach(row -> rows.add(StoreWorld.row(
                        "checkout",
                        checkouts.indexOf(row.id()),
                        StoreWorld.account(row.account()),
                        row.fence(),
                        row.state(),
                        row.disarmedAt() != null,
                        row.answeredAt() != null,
                        row.disarmedAt() != null && row.disarmedAt().equals(row.answeredAt()),
                        row.bill(),
                        row.lines().stream()
                                .map(line -> line.orderId() + "/" + line.itemId() + "/" + line.price())
                                .collect(Collectors.joining(" ")))));
        db().reservations
                .forEach(row -> rows.add(StoreWorld.row(
                        "reservation",
                        StoreWorld.account(row.account()),
                        row.order() == null ? "-" : orderOf(row.order()),
                        checkouts.indexOf(row.checkout()),
                        row.amount(),
                        row.spent(),
                        row.released())));
        db().bought
                .values()
                .forEach(row -> rows.add(StoreWorld.row(
                        "bought", StoreWorld.account(row.account()), row.item(), row.orderId(), row.license())));
        db().foreignTicks
                .forEach((account, items) -> items.forEach(item -> rows.add(StoreWorld.row(
                        "tick",
                        StoreWorld.account(account),
                        item,
                        db().retickedAt.containsKey(item)))));
        db().holding
                .forEach((item, held) ->
                        rows.add(StoreWorld.row("holding", item, held.code(), held.message(), held.quoted())));
        db().removals
                .values()
                .forEach(removal ->
                        rows.add(StoreWorld.row("removed", Math.max(0, removal.item()), orderOf(removal.order()))));
        rows.sort(null);
        return rows;
    }

    static UUID license(long item) {
        return new UUID(5, item);
    }
}
