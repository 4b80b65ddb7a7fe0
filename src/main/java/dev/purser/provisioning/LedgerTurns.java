package dev.purser.provisioning;

import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Whose turn it is to ask for a ledger. CoCalc throttles that question for each account, and the engine's read-backs ask it, too: who
 * reads a whole ledger leaves them a part of each window.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class LedgerTurns {

    /** The engine keeps one of so many questions for itself. */
    private static final int KEPT = 3;

    private final EntityManager db;
    private final CoCalcDoor door;
    private final Settings settings;

    LedgerTurns(EntityManager db, CoCalcDoor door, Settings settings) {
        this.db = db;
        this.door = door;
        this.settings = settings;
    }

    /** Those of the configuration whose CoCalc account is known; one that lacks was never confirmed. */
    @SuppressWarnings("unchecked")
    public List<PurchasingAccount> accounts() {
        return db.createNativeQuery(
                        "select account_id, name from purchasing_account where name = any (cast(:names as text[])) order by name",
                        Tuple.class)
                .setParameter("names", door.accounts().toArray(String[]::new))
                .getResultStream()
                .map(row -> new PurchasingAccount(((Tuple) row).get(0, UUID.class), ((Tuple) row).get(1, String.class)))
                .toList();
    }

    /** @return whether the ledger may be asked now; then the question is counted already */
    public boolean take(UUID account) {
        Throttle throttle = settings.throttle();
        if (!throttle.on()) {
            return true;
        }
        // Held until the question is counted, so that nobody else finds the same place free.
        db.createNativeQuery("select 1 from purchasing_account where account_id = :account for update", Integer.class)
                .setParameter("account", account)
                .getResultList();
        Instant now = (Instant)
                db.createNativeQuery("select clock_timestamp()", Instant.class).getSingleResult();
        List<Instant> reads = SqlBills.reads(db, account);
        boolean free = throttle.isFree(reads, now)
                && throttle.leftInMinute(reads, now) > throttle.perMinute() / KEPT
                && throttle.leftInHour(reads, now) > throttle.perHour() / KEPT;
        if (free) {
            db.createNativeQuery("insert into ledger_read (account_id, asked_at) values (:account, clock_timestamp())")
                    .setParameter("account", account)
                    .executeUpdate();
        }
        return free;
    }

    /** How long so many more questions take within the throttle. */
    public Duration lasting(UUID account, long questions) {
        Throttle throttle = settings.throttle();
        if (!throttle.on()) {
            return Duration.ofMillis(100).multipliedBy(questions);
        }
        Instant now =
                (Instant) db.createNativeQuery("select now()", Instant.class).getSingleResult();
        List<Instant> reads = SqlBills.reads(db, account);
        long minute = Math.max(0, throttle.leftInMinute(reads, now) - throttle.perMinute() / KEPT);
        long hour = Math.max(0, throttle.leftInHour(reads, now) - throttle.perHour() / KEPT);
        if (questions <= minute) {
            return throttle.pace().multipliedBy(questions);
        }
        long perMinute = Math.max(1, throttle.perMinute() - throttle.perMinute() / KEPT);
        long perHour = Math.max(1, throttle.perHour() - throttle.perHour() / KEPT);
        return questions <= hour
                ? Duration.ofMinutes(1).multipliedBy(questions).dividedBy(perMinute)
                : Duration.ofHours(1).multipliedBy(questions).dividedBy(perHour);
    }
}
