package dev.purser.provisioning;

import dev.purser.provisioning.Faults.Kind;
import dev.purser.provisioning.SimDatabase.AccountRow;
import dev.purser.provisioning.SimDatabase.CheckoutRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The transactions of one simulated process. Each happens at one moment; before and after it time passes, in which the process may
 * be killed or the answer lost.
 */
class SimTransactions {

    final Simulation simulation;
    final String process;

    SimTransactions(Simulation simulation, String process) {
        this.simulation = simulation;
        this.process = process;
    }

    SimDatabase db() {
        return simulation.database;
    }

    Instant now() {
        return simulation.time.now();
    }

    <T> T transaction(Supplier<T> work) {
        return transaction(simulation.faults.strikes(Kind.DATABASE_STALLS), work);
    }

    <T> T transaction(boolean stalls, Supplier<T> work) {
        Duration longest = stalls ? Duration.ofSeconds(15) : Duration.ofMillis(3);
        simulation.time.sleep(simulation.faults.within(longest));
        boolean strikes = simulation.faults.strikes(Kind.TRANSACTION);
        if (strikes && simulation.faults.either()) {
            throw new IllegalStateException("the database is away");
        }
        T result = work.get();
        simulation.time.sleep(simulation.faults.within(longest));
        if (strikes) {
            throw new IllegalStateException("the connection broke at the commit");
        }
        return result;
    }

    void write(Lease lease, Runnable work) {
        transaction(() -> {
            prove(lease);
            work.run();
            return null;
        });
    }

    /** As the row lock does in PostgreSQL. */
    void prove(Lease lease) {
        AccountRow row = db().accounts.get(lease.account().id());
        if (row.fence() != lease.fence()
                || !process.equals(row.holder())
                || !row.leaseUntil().isAfter(now())) {
            throw new Lease.Lost(lease);
        }
    }

    void proveAfresh(Lease lease) {
        prove(lease);
        extend(lease);
    }

    void extend(Lease lease) {
        change(
                lease.account().id(),
                row -> row.leasedTo(process, row.fence(), now().plus(simulation.settings.lease())));
    }

    void change(UUID account, UnaryOperator<AccountRow> change) {
        db().accounts.computeIfPresent(account, (id, row) -> change.apply(row));
    }

    void change(long checkout, UnaryOperator<CheckoutRow> change) {
        db().checkouts.replaceAll(row -> row.id() == checkout ? change.apply(row) : row);
    }

    /** As the row locks do in PostgreSQL: in the order of their keys. */
    List<OrderRow> locked(Collection<Line> lines) {
        return lines.stream()
                .map(line -> db().orders.get(line.ref()))
                .filter(row -> row != null)
                .sorted(Comparator.comparingLong(row -> row.ref))
                .toList();
    }
}
