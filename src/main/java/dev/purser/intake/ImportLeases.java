package dev.purser.intake;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Who works on which file: one instance at a time, for as long as its lease lasts, in database time. After a crash another one, or
 * the same one started again, takes the file on when the lease has ended.
 */
@ApplicationScoped
class ImportLeases {

    /** By the clock and not by the transaction's beginning: whoever waited for a long one must not find an ended lease. */
    static final String END = "clock_timestamp() + interval '15 seconds'";

    private static final String IS_FREE = "(owner = :owner or lease_until < now())";

    private final EntityManager db;
    private final UUID owner = UUID.randomUUID();

    ImportLeases(EntityManager db) {
        this.db = db;
    }

    UUID owner() {
        return owner;
    }

    /** Takes a claimed file on, a new one or one that somebody left; empty while somebody else is at it, even past his lease. */
    Optional<Long> take(String claim, String fileName, Predicate<String> isFree) {
        QuarkusTransaction.requiringNew().run(() -> enter(claim, fileName, isFree));
        return QuarkusTransaction.requiringNew()
                .call(() -> first(db.createNativeQuery("update import set owner = :owner, lease_until = " + END
                                + " where id = (select id from import where claim = :claim and " + IS_FREE
                                + " for no key update skip locked) returning id")
                        .setParameter("owner", owner)
                        .setParameter("claim", claim)));
    }

    Optional<Long> idOf(String claim) {
        return QuarkusTransaction.requiringNew()
                .call(() -> first(db.createNativeQuery("select id from import where claim = :claim")
                        .setParameter("claim", claim)));
    }

    private void enter(String claim, String fileName, Predicate<String> isFree) {
        long known = count("select count(*) from import where claim = :text", claim);
        if (known > 0) {
            return;
        }
        String base = new DropName(fileName).base();
        long number = count("select count(*) from import where file_name = :text", fileName);
        boolean entered = false;
        while (!entered) {
            number++;
            String name = number == 1 ? base : base + "-" + number;
            entered = isFree.test(name) && insert(claim, fileName, name) == 1
                    || count("select count(*) from import where claim = :text", claim) > 0;
        }
    }

    private int insert(String claim, String fileName, String base) {
        return db.createNativeQuery("""
                        insert into import (claim, file_name, base_name, state, lease_until, received_at)
                        values (:claim, :file, :base, 'READING', now(), now()) on conflict do nothing""")
                .setParameter("claim", claim)
                .setParameter("file", fileName)
                .setParameter("base", base)
                .executeUpdate();
    }

    /** Takes an import on whose results may be due and that nobody is at, not even we; empty when there is none now. */
    Optional<Long> takeDue() {
        return QuarkusTransaction.requiringNew()
                .call(() -> first(db.createNativeQuery("update import set owner = :owner, lease_until = " + END
                                + " where id = (select id from import where (state = 'OPEN' or unbilled)"
                                + " and look_at <= now() and lease_until <= now()"
                                + " order by look_at limit 1 for update skip locked) returning id")
                        .setParameter("owner", owner)));
    }

    /** Keeps the lease during long work; false when it was lost. */
    boolean keep(long id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> db.createNativeQuery(
                                        "update import set lease_until = " + END + " where id = :id and owner = :owner")
                                .setParameter("id", id)
                                .setParameter("owner", owner)
                                .executeUpdate()
                        == 1);
    }

    /** Looked at, and written unless nothing new was to be said. The longer an import waits, the more seldom it is looked at. */
    void looked(long id, Look look) {
        QuarkusTransaction.requiringNew().run(() -> db.createNativeQuery("""
                        update import set lease_until = now(),
                               results_at = case when :written then now() else results_at end,
                               state = case when :complete then 'COMPLETE' else state end,
                               completed_at = case when :complete then coalesce(completed_at, now()) end,
                               unbilled = :unbilled,
                               look_at = now() + least(interval '30 seconds',
                                                       greatest(interval '500 milliseconds', (now() - read_at) / 20))
                         where id = :id and owner = :owner""")
                .setParameter("written", look.written())
                .setParameter("complete", look.complete())
                .setParameter("unbilled", look.unbilled())
                .setParameter("id", id)
                .setParameter("owner", owner)
                .executeUpdate());
    }

    /**
     * What a look at an import found.
     *
     * @param complete its rows are final, and the results say so
     * @param unbilled of some that were bought the ledger has not told the cost; only when complete
     */
    record Look(boolean written, boolean complete, boolean unbilled) {}

    /** Lets go of everything but what is being stored right now, so that another instance need not wait. */
    void release() {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        db.createNativeQuery("""
                        update import set lease_until = now()
                         where id in (select id from import where owner = :owner and lease_until > now()
                                         for no key update skip locked)""").setParameter("owner", owner).executeUpdate());
    }

    private long count(String sql, String text) {
        return (Long) db.createNativeQuery(sql).setParameter("text", text).getSingleResult();
    }

    private static Optional<Long> first(Query query) {
        List<?> ids = query.getResultList();
        return ids.stream().findFirst().map(Long.class::cast);
    }
}
