package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.AccountView.Window;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The purchasing accounts of the configuration that CoCalc has confirmed, and what was written down about each. */
@ApplicationScoped
public class Accounts {

    private final EntityManager db;
    private final CoCalcDoor door;
    private final Budget budget;
    private final Settings settings;
    private final Map<String, PurchasingAccount> known = new ConcurrentSkipListMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    Accounts(EntityManager db, CoCalcDoor door, Budget budget, Settings settings) {
        this.db = db;
        this.door = door;
        this.budget = budget;
        this.settings = settings;
    }

    /** Those whose identity was confirmed and whose purchases were read since this instance started. */
    Collection<PurchasingAccount> confirmed() {
        return known.values();
    }

    Set<String> unconfirmed() {
        Set<String> names = new java.util.TreeSet<>(door.accounts());
        names.removeAll(known.keySet());
        return names;
    }

    /** Until then nobody adds: a token bought on one account must be known on all. */
    @Transactional
    boolean everyoneLooked() {
        return unconfirmed().stream().allMatch(this::isPaused);
    }

    void confirm(PurchasingAccount account) {
        trouble(account.name(), null);
        known.put(account.name(), account);
    }

    void refuse(String name, String why) {
        trouble(name, why);
    }

    /** What is wrong between this account and CoCalc just now, for people; null when nothing is. */
    void trouble(String name, @Nullable String what) {
        if (what == null) {
            troubles.remove(name);
        } else {
            troubles.put(name, what);
        }
    }

    /** Those that are at work and could buy instead. */
    Collection<UUID> othersThan(PurchasingAccount account) {
        return known.values().stream()
                .filter(other -> !troubles.containsKey(other.name()))
                .map(PurchasingAccount::id)
                .filter(id -> !id.equals(account.id()))
                .toList();
    }

    Optional<PurchasingAccount> byId(UUID id) {
        return known.values().stream()
                .filter(account -> account.id().equals(id))
                .findFirst();
    }

    /** Binds a name to the account that it was first seen with. @return why it may not be used, or empty */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<String> bind(PurchasingAccount account) {
        db.createNativeQuery(
                        "insert into purchasing_account (account_id, name) values (:id, :name) on conflict do nothing")
                .setParameter("id", account.id())
                .setParameter("name", account.name())
                .executeUpdate();
        Tuple named = one("select account_id, name from purchasing_account where name = :key", account.name());
        if (named != null && !named.get(0, UUID.class).equals(account.id())) {
            return Optional.of("its key belongs to CoCalc account " + account.id() + ", but " + account.name()
                    + " has always been " + named.get(0, UUID.class) + "; give a new account a new name");
        }
        Tuple owner = one("select account_id, name from purchasing_account where account_id = :key", account.id());
        if (owner != null && !owner.get(1, String.class).equals(account.name())) {
            return Optional.of("its key belongs to CoCalc account " + account.id() + ", which is configured as "
                    + owner.get(1, String.class) + "; one account has one name");
        }
        return Optional.empty();
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    @Nullable
    Instant lookedAt(PurchasingAccount account) {
        Tuple row = one("select looked_at, name from purchasing_account where account_id = :key", account.id());
        return row == null ? null : row.get(0, Instant.class);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void balance(PurchasingAccount account, BigDecimal balance) {
        db.createNativeQuery(
                        "update purchasing_account set balance = :balance, balance_at = now() where account_id = :id")
                .setParameter("balance", balance)
                .setParameter("id", account.id())
                .executeUpdate();
    }

    private boolean isPaused(String name) {
        return Pauses.of(db, name).isPresent();
    }

    @Transactional
    public List<AccountView> views() {
        return door.accounts().stream().sorted().map(this::view).toList();
    }

    private AccountView view(String name) {
        Tuple row = one("""
                select account_id, balance, case when lease_until > now() then holder end,
                       fence, lease_until, now() from purchasing_account where name = :key""", name);
        Optional<Pauses.Pause> pause = Pauses.of(db, name);
        String reason = pause.map(Pauses.Pause::sentence).orElseGet(() -> troubles.get(name));
        if (row == null) {
            return new AccountView(name, null, null, pause.isPresent(), reason, null, List.of(), null, null, null);
        }
        UUID id = row.get(0, UUID.class);
        boolean leased = row.get(2, String.class) != null;
        return new AccountView(
                name,
                id,
                row.get(1, BigDecimal.class),
                pause.isPresent(),
                reason,
                budget.room(id),
                windows(id, row.get(5, Instant.class)),
                row.get(2, String.class),
                row.get(3, Long.class),
                leased ? row.get(4, Instant.class) : null);
    }

    private List<Window> windows(UUID account, Instant now) {
        List<Instant> counted = Standings.counted(db, account);
        Throttle throttle = settings.throttle();
        String endpoint = "shopping/cart/add";
        return throttle.on()
                ? List.of(
                        new Window(endpoint, "minute", throttle.perMinute(), throttle.leftInMinute(counted, now)),
                        new Window(endpoint, "hour", throttle.perHour(), throttle.leftInHour(counted, now)))
                : List.of(new Window(endpoint, "minute", null, null), new Window(endpoint, "hour", null, null));
    }

    private @Nullable Tuple one(String sql, Object key) {
        return (Tuple) db.createNativeQuery(sql, Tuple.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }
}
