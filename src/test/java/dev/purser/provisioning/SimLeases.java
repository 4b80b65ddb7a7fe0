package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.SimDatabase.AccountRow;
import java.time.Instant;
import java.util.Optional;

class SimLeases implements Leases {

    private final SimTransactions tx;

    SimLeases(SimTransactions tx) {
        this.tx = tx;
    }

    @Override
    public Optional<Lease> acquire(PurchasingAccount account) {
        return tx.transaction(() -> {
            AccountRow row = tx.db().accounts.get(account.id());
            if (row.holder() != null && !row.leaseUntil().isBefore(tx.now())) {
                return Optional.empty();
            }
            tx.change(
                    account.id(),
                    old -> old.leasedTo(tx.process, old.fence() + 1, tx.now().plus(tx.simulation.settings.lease())));
            return Optional.of(new Lease(account, row.fence() + 1));
        });
    }

    @Override
    public void renew(Lease lease) {
        tx.write(lease, () -> tx.extend(lease));
    }

    @Override
    public void release(Lease lease) {
        tx.transaction(() -> {
            AccountRow row = tx.db().accounts.get(lease.account().id());
            if (row.fence() == lease.fence() && tx.process.equals(row.holder())) {
                tx.change(lease.account().id(), old -> old.leasedTo(null, old.fence(), Instant.EPOCH));
            }
            return null;
        });
    }
}
