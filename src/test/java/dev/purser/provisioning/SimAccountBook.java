package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.SimDatabase.AccountRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

final class SimAccountBook implements AccountBook {

    private final SimTransactions tx;

    SimAccountBook(SimTransactions tx) {
        this.tx = tx;
    }

    @Override
    public Optional<String> bind(PurchasingAccount account) {
        return tx.transaction(() -> {
            tx.db()
                    .accounts
                    .putIfAbsent(account.id(), new AccountRow(account, null, 0, Instant.EPOCH, null, null, null, null));
            return Optional.empty();
        });
    }

    @Override
    public void balance(PurchasingAccount account, BigDecimal balance) {
        tx.transaction(() -> {
            tx.change(account.id(), row -> row.withBalance(balance, tx.now()));
            return null;
        });
    }

    @Override
    public void tellOrphans(Collection<UUID> configured) {
        // Nobody takes an account out of the configuration here.
    }

    @Override
    public void pause(String name, String why) {
        tx.transaction(() -> {
            tx.db().accounts.replaceAll((id, row) -> row.account().name().equals(name) ? row.paused(why) : row);
            return null;
        });
    }
}
