package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.provisioning.AccountView.Window;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configured purchasing accounts as people read them. */
@ApplicationScoped
public class AccountViews {

    private final EntityManager db;
    private final CoCalcDoor door;
    private final Accounts accounts;
    private final Budget budget;
    private final Settings settings;

    AccountViews(EntityManager db, CoCalcDoor door, Accounts accounts, Budget budget, Settings settings) {
        this.db = db;
        this.door = door;
        this.accounts = accounts;
        this.budget = budget;
        this.settings = settings;
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
        String reason = pause.map(Pauses.Pause::sentence).orElseGet(() -> accounts.trouble(name));
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
        return Stream.concat(
                        windows(Window.ADDITIONS, SqlAddIntents.counted(db, account), now),
                        windows(Window.LEDGER, SqlBills.reads(db, account), now))
                .toList();
    }

    private Stream<Window> windows(String endpoint, List<Instant> counted, Instant now) {
        Throttle throttle = settings.throttle();
        return throttle.on()
                ? Stream.of(
                        new Window(endpoint, "minute", throttle.perMinute(), throttle.leftInMinute(counted, now)),
                        new Window(endpoint, "hour", throttle.perHour(), throttle.leftInHour(counted, now)))
                : Stream.of(new Window(endpoint, "minute", null, null), new Window(endpoint, "hour", null, null));
    }

    private @Nullable Tuple one(String sql, Object key) {
        return (Tuple) db.createNativeQuery(sql, Tuple.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }
}
