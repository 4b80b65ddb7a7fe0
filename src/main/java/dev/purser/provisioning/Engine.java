package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    /** Around a window of purchases, for clocks that differ. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final CoCalcDoor door;
    private final Store store;
    private final Accounts accounts;
    private final Settings settings;
    private final Pacing pacing;
    private final Clock clock;
    private final Map<String, Cashier> cashiers = new ConcurrentSkipListMap<>();
    private final Trouble identityTrouble = new Trouble();
    private volatile long nextConfirmation;

    Engine(CoCalcDoor door, Store store, Accounts accounts, Settings settings, Pacing pacing, Clock clock) {
        this.door = door;
        this.store = store;
        this.accounts = accounts;
        this.settings = settings;
        this.pacing = pacing;
        this.clock = clock;
        this.nextConfirmation = pacing.nanos();
    }

    Collection<Cashier> cashiers() {
        accounts.confirmed().forEach(account -> cashiers.computeIfAbsent(account.name(), name -> cashier(account)));
        return cashiers.values();
    }

    private Cashier cashier(PurchasingAccount account) {
        Till.Desk desk =
                new Till.Desk(door.as(account.name()), store, accounts, settings, pacing, new Trouble(), () -> {});
        return new Cashier(account, desk);
    }

    boolean isConfirmationDue() {
        return !accounts.unconfirmed().isEmpty() && pacing.nanos() - nextConfirmation >= 0;
    }

    /**
     * Whose key is each, and what was bought with it so far? Only then is an account used.
     *
     * @return what is wrong with the configuration, so that nobody should buy with it
     */
    Optional<String> confirm() {
        try {
            identityTrouble.begin();
            Optional<String> wrong = Optional.empty();
            for (String name : accounts.unconfirmed()) {
                wrong = wrong.or(() -> confirm(name));
            }
            return wrong;
        } catch (RuntimeException e) {
            LOG.errorf(e, "the purchasing accounts could not be confirmed and are asked again");
            identityTrouble.met("the database gives no answer");
            return Optional.empty();
        } finally {
            nextConfirmation = pacing.nanos() + identityTrouble.rest().toNanos();
        }
    }

    private Optional<String> confirm(String name) {
        CoCalc cocalc = door.as(name);
        Answer<CoCalc.Identity> identity = cocalc.identity();
        if (!(identity instanceof Answer.Done<CoCalc.Identity> done)) {
            notYet(name, identity.summary());
            return Optional.empty();
        }
        PurchasingAccount account = new PurchasingAccount(done.value().accountId(), name);
        Optional<String> objection = store.accounts().bind(account);
        if (objection.isPresent()) {
            notYet(name, objection.get());
            return accounts.byId(account.id()).isPresent() ? objection : Optional.empty();
        }
        Instant lookedAt = store.accounts().lookedAt(account);
        Answer<List<CartItem>> bought = lookedAt == null
                ? cocalc.everPurchased()
                : cocalc.recentPurchases(
                        Duration.between(lookedAt, clock.instant()).plus(SLACK));
        if (bought instanceof Answer.Done<List<CartItem>> items) {
            store.accounts().remember(account, items.value());
            accounts.confirm(account);
            LOG.infof("purchasing account %s is CoCalc account %s", name, account.id());
        } else {
            notYet(name, bought.summary());
        }
        return Optional.empty();
    }

    private void notYet(String name, String why) {
        LOG.warnf("purchasing account %s is not used: %s", name, why);
        accounts.trouble(name, why);
        identityTrouble.met(why);
    }

    /** When Purser stops: the next instance need not wait for the leases to run out. */
    void leave() {
        cashiers.values().forEach(Cashier::leave);
    }
}
