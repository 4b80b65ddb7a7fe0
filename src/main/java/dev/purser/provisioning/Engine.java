package dev.purser.provisioning;

import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;

/**
 * The purchase engine of one instance: one cashier for each purchasing account that CoCalc has confirmed. Plain Java, without
 * threads of its own: whoever drives it calls {@link #confirm} and the cashiers whenever they are due.
 */
final class Engine {

    private static final Logger LOG = Logger.getLogger(Engine.class);

    private final CoCalcDoor door;
    private final Store store;
    private final Accounts accounts;
    private final Settings settings;
    private final Pacing pacing;
    private final Map<String, Cashier> cashiers = new ConcurrentSkipListMap<>();
    private final KeyCheck keys;
    private volatile long nextConfirmation;
    private volatile boolean orphansTold;

    Engine(CoCalcDoor door, Store store, Accounts accounts, Settings settings, Pacing pacing, Clock clock) {
        this.door = door;
        this.store = store;
        this.accounts = accounts;
        this.settings = settings;
        this.pacing = pacing;
        this.keys = new KeyCheck(door, store.accounts(), store.bought(), accounts, clock, this::wake);
        this.nextConfirmation = pacing.nanos();
    }

    Collection<Cashier> cashiers() {
        accounts.confirmed().forEach(account -> cashiers.computeIfAbsent(account.name(), name -> cashier(account)));
        return cashiers.values();
    }

    private Cashier cashier(PurchasingAccount account) {
        Desk desk = new Desk(door.as(account.name()), store, accounts, settings, pacing, new Trouble(), () -> {});
        return new Cashier(account, desk);
    }

    private void wake(String name) {
        Cashier cashier = cashiers.get(name);
        if (cashier != null) {
            cashier.wake();
        }
    }

    /** A key is to be asked about. */
    boolean isConfirmationDue() {
        boolean waiting = !accounts.unconfirmed().isEmpty() || accounts.isAnyDoubted();
        return waiting && pacing.nanos() - nextConfirmation >= 0
                || door.accounts().stream().anyMatch(door::isKeyNew);
    }

    /**
     * Whose key is each, and what was bought with it so far? Only then is an account used.
     *
     * @return what is wrong with the configuration, so that nobody should buy with it
     */
    Optional<String> confirm() {
        try {
            Optional<String> wrong = keys.ask();
            if (accounts.unconfirmed().isEmpty() && !orphansTold) {
                store.accounts()
                        .tellOrphans(accounts.confirmed().stream()
                                .map(PurchasingAccount::id)
                                .toList());
                orphansTold = true;
            }
            return wrong;
        } catch (RuntimeException e) {
            LOG.errorf(e, "the purchasing accounts could not be confirmed and are asked again");
            keys.databaseIsAway();
            return Optional.empty();
        } finally {
            nextConfirmation = pacing.nanos() + keys.rest().toNanos();
        }
    }

    /** When Purser stops: the next instance need not wait for the leases to run out. */
    void leave() {
        cashiers.values().forEach(Cashier::leave);
    }
}
