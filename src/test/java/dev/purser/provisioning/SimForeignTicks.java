package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

final class SimForeignTicks implements ForeignTicks {

    private final SimTransactions tx;

    SimForeignTicks(SimTransactions tx) {
        this.tx = tx;
    }

    @Override
    public void noteTicks(Lease lease, List<CartItem> foreign) {
        tx.write(lease, () -> foreign.forEach(item -> ticks(lease).add(item.id())));
    }

    @Override
    public void noteRetick(Lease lease, long item) {
        tx.write(lease, () -> {
            if (ticks(lease).contains(item)) {
                tx.db().retickedAt.put(item, tx.now());
            }
        });
    }

    @Override
    public void tickRestored(Lease lease, long item) {
        tx.write(lease, () -> {
            ticks(lease).remove(item);
            tx.db().retickedAt.remove(item);
        });
    }

    private Set<Long> ticks(Lease lease) {
        return tx.db().foreignTicks.computeIfAbsent(lease.account().id(), id -> new TreeSet<>());
    }
}
