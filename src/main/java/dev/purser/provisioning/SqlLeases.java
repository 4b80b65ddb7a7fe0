package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SqlLeases implements Leases {

    private final EntityManager db;
    private final Settings settings;
    private final String me = ProcessHandle.current().pid() + "-" + UUID.randomUUID();

    SqlLeases(EntityManager db, Settings settings) {
        this.db = db;
        this.settings = settings;
    }

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    @Failpoint(Step.LEASE)
    public Optional<Lease> acquire(PurchasingAccount account) {
        List<?> fence = db.createNativeQuery("""
                        update purchasing_account
                           set holder = :me, fence = fence + 1, lease_until = now() + cast(:lease as interval)
                         where account_id = :account and (holder is null or lease_until < now())
                        returning fence""", Long.class)
                .setParameter("me", me)
                .setParameter("lease", settings.lease().toString())
                .setParameter("account", account.id())
                .getResultList();
        return fence.stream().findFirst().map(number -> new Lease(account, (Long) number));
    }

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void renew(Lease lease) {
        if (extend(lease) != 1) {
            throw new Lease.Lost(lease);
        }
    }

    private int extend(Lease lease) {
        return db.createNativeQuery("""
                        update purchasing_account set lease_until = now() + cast(:lease as interval)
                         where account_id = :account and fence = :fence and holder = :me and lease_until > now()""")
                .setParameter("lease", settings.lease().toString())
                .setParameter("account", lease.account().id())
                .setParameter("fence", lease.fence())
                .setParameter("me", me)
                .executeUpdate();
    }

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void release(Lease lease) {
        db.createNativeQuery("""
                        update purchasing_account set holder = null, lease_until = null
                         where account_id = :account and fence = :fence and holder = :me""")
                .setParameter("account", lease.account().id())
                .setParameter("fence", lease.fence())
                .setParameter("me", me)
                .executeUpdate();
    }

    /** As {@link #prove}, and the whole lease lies ahead: for the step after which the call that pays must end in time. */
    @Transactional(Transactional.TxType.MANDATORY)
    void proveAfresh(Lease lease) {
        if (extend(lease) != 1) {
            throw new Lease.Lost(lease);
        }
    }

    /** Holds the account's row until the transaction ends: no write gets past a newer fence. @throws Lease.Lost */
    @Transactional(Transactional.TxType.MANDATORY)
    void prove(Lease lease) {
        prove(lease, "1");
    }

    /** As {@link #prove}, and the commit does not wait for the disk: for what is read anew where a crash of the database loses it. */
    @Transactional(Transactional.TxType.MANDATORY)
    void proveUnhurried(Lease lease) {
        prove(lease, "set_config('synchronous_commit', 'off', true)");
    }

    private void prove(Lease lease, String column) {
        List<?> held = db.createNativeQuery("""
                        select %s from purchasing_account
                         where account_id = :account and fence = :fence and holder = :me and lease_until > now()
                           for update""".formatted(column), Object.class)
                .setParameter("account", lease.account().id())
                .setParameter("fence", lease.fence())
                .setParameter("me", me)
                .getResultList();
        if (held.isEmpty()) {
            throw new Lease.Lost(lease);
        }
    }
}
