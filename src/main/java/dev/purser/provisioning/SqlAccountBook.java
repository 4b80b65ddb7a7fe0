package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlAccountBook implements AccountBook {

    private final EntityManager db;
    private final Pauses pauses;

    SqlAccountBook(EntityManager db, Pauses pauses) {
        this.db = db;
        this.pauses = pauses;
    }

    @Override
    public Optional<String> bind(PurchasingAccount account) {
        db.createNativeQuery(
                        "insert into purchasing_account (account_id, name) values (:id, :name) on conflict do nothing")
                .setParameter("id", account.id())
                .setParameter("name", account.name())
                .executeUpdate();
        Tuple named = one("select account_id, name from purchasing_account where name = :key", account.name());
        if (named != null && !named.get(0, UUID.class).equals(account.id())) {
            return Optional.of("its key belongs to CoCalc account " + account.id() + ", but " + account.name()
                    + " has always been " + named.get(0, UUID.class)
                    + "; put a key of that account back and resume, or give the new account a new name");
        }
        Tuple owner = one("select account_id, name from purchasing_account where account_id = :key", account.id());
        if (owner != null && !owner.get(1, String.class).equals(account.name())) {
            return Optional.of("its key belongs to CoCalc account " + account.id() + ", which is configured as "
                    + owner.get(1, String.class) + "; one account has one name");
        }
        return Optional.empty();
    }

    @Override
    public void balance(PurchasingAccount account, BigDecimal balance) {
        // Known again with the next quote: no need to wait for the disk.
        db.createNativeQuery("set local synchronous_commit = off").executeUpdate();
        db.createNativeQuery(
                        "update purchasing_account set balance = :balance, balance_at = now() where account_id = :id")
                .setParameter("balance", balance)
                .setParameter("id", account.id())
                .executeUpdate();
    }

    @Override
    public void tellOrphans(Collection<UUID> configured) {
        db.createNativeQuery("""
                        update orders set code = 'account_not_configured',
                               message = 'bound to the purchasing account ' || purchasing_name || ', which is not configured any'
                                   || ' more: an item may lie in its cart. Configure it again, and the order goes on'
                         where state in ('RESOLVED', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN') and purchasing_account is not null
                           and purchasing_account <> all (cast(:configured as uuid[]))""")
                .setParameter("configured", configured.toArray(UUID[]::new))
                .executeUpdate();
    }

    @Override
    public void pause(String name, String why) {
        pauses.begin(name, why, "engine");
    }

    private @Nullable Tuple one(String sql, Object key) {
        return (Tuple) db.createNativeQuery(sql, Tuple.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }
}
