package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlForeignTicks implements ForeignTicks {

    private final EntityManager db;
    private final SqlLeases leases;

    SqlForeignTicks(EntityManager db, SqlLeases leases) {
        this.db = db;
        this.leases = leases;
    }

    static @Nullable Instant retickedAt(AccountSql account) {
        return account.rows("select max(retick_at), count(*) from foreign_tick where account_id = :account")
                .findFirst()
                .map(row -> row.get(0, Instant.class))
                .orElse(null);
    }

    static Set<Long> of(AccountSql account) {
        return account.rows("select item_id from foreign_tick where account_id = :account")
                .map(row -> row.get(0, Long.class))
                .collect(Collectors.toSet());
    }

    @Override
    public void noteTicks(Lease lease, List<CartItem> foreign) {
        leases.prove(lease);
        foreign.forEach(item -> statements(lease)
                .update(
                        "insert into foreign_tick (account_id, item_id) values (:account, :item) on conflict do nothing",
                        Map.of("item", item.id())));
    }

    @Override
    public void noteRetick(Lease lease, long item) {
        leases.prove(lease);
        statements(lease)
                .update(
                        "update foreign_tick set retick_at = now() where account_id = :account and item_id = :item",
                        Map.of("item", item));
    }

    @Override
    public void tickRestored(Lease lease, long item) {
        leases.prove(lease);
        statements(lease)
                .update(
                        "delete from foreign_tick where account_id = :account and item_id = :item",
                        Map.of("item", item));
    }

    private AccountSql statements(Lease lease) {
        return new AccountSql(db, lease.account());
    }
}
