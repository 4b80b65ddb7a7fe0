package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Keeps one cashier for each confirmed purchasing account, and lets each of them work on a thread of its own. */
@ApplicationScoped
public class Provisioner {

    private static final Logger LOG = Logger.getLogger(Provisioner.class);
    private static final int CONFIGURATION = 78;
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final CoCalcDoor door;
    private final Accounts accounts;
    private final Standings standings;
    private final Leases leases;
    private final Books books;
    private final AddIntents adds;
    private final Settings settings;
    private final Pacing pacing;
    private final Clock clock;
    private final Map<String, Cashier> cashiers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Trouble identityTrouble = new Trouble();
    private final AtomicBoolean confirming = new AtomicBoolean();
    private volatile long nextConfirmation = System.nanoTime();

    Provisioner(
            CoCalcDoor door,
            Accounts accounts,
            Standings standings,
            Leases leases,
            Books books,
            AddIntents adds,
            Settings settings,
            Pacing pacing,
            Clock clock) {
        this.door = door;
        this.accounts = accounts;
        this.standings = standings;
        this.leases = leases;
        this.books = books;
        this.adds = adds;
        this.settings = settings;
        this.pacing = pacing;
        this.clock = clock;
    }

    /** Called by the clock; returns at once, the work goes on elsewhere. */
    public void tick() {
        if (!pacing.isStopping()
                && !accounts.unconfirmed().isEmpty()
                && System.nanoTime() - nextConfirmation >= 0
                && confirming.compareAndSet(false, true)) {
            threads.execute(this::confirm);
        }
        accounts.confirmed().forEach(account -> {
            Cashier cashier = cashiers.computeIfAbsent(account.name(), name -> cashier(account));
            if (cashier.isDue() && !pacing.isStopping()) {
                threads.execute(cashier::work);
            }
        });
    }

    /** Lets this instance look at the account at once; another one that holds the lease looks when its rest is over, in a minute at most. */
    void wake(UUID account) {
        accounts.byId(account).map(known -> cashiers.get(known.name())).ifPresent(Cashier::wake);
    }

    private void confirm() {
        try {
            identityTrouble.begin();
            accounts.unconfirmed().forEach(this::confirm);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the purchasing accounts could not be confirmed and are asked again");
            identityTrouble.met("the database gives no answer");
        } finally {
            nextConfirmation = System.nanoTime() + identityTrouble.rest().toNanos();
            confirming.set(false);
        }
    }

    private Cashier cashier(PurchasingAccount account) {
        Till.Desk desk = new Till.Desk(
                door.as(account.name()), books, adds, accounts, settings, pacing, new Trouble(), () -> {});
        return new Cashier(account, desk, standings, leases);
    }

    /** Whose key is it, and what was bought with it so far? Only then is the account used. */
    private void confirm(String name) {
        CoCalc cocalc = door.as(name);
        Answer<CoCalc.Identity> identity = cocalc.identity();
        if (!(identity instanceof Answer.Done<CoCalc.Identity> done)) {
            notYet(name, identity);
            return;
        }
        PurchasingAccount account = new PurchasingAccount(done.value().accountId(), name);
        Optional<String> objection = accounts.bind(account);
        if (objection.isPresent()) {
            LOG.errorf("purchasing account %s is not used: %s", name, objection.get());
            accounts.refuse(name, objection.get());
            identityTrouble.met(objection.get());
            if (accounts.byId(account.id()).isPresent()) {
                Quarkus.asyncExit(CONFIGURATION);
            }
            return;
        }
        Instant lookedAt = accounts.lookedAt(account);
        Answer<List<CartItem>> bought = lookedAt == null
                ? cocalc.everPurchased()
                : cocalc.recentPurchases(
                        Duration.between(lookedAt, clock.instant()).plus(SLACK));
        if (bought instanceof Answer.Done<List<CartItem>> items) {
            books.remember(account, items.value());
            accounts.confirm(account);
            LOG.infof("purchasing account %s is CoCalc account %s", name, account.id());
        } else {
            notYet(name, bought);
        }
    }

    private void notYet(String name, Answer<?> answer) {
        LOG.warnf("purchasing account %s cannot be used yet: %s", name, answer.summary());
        accounts.refuse(name, answer.summary());
        identityTrouble.met(answer.summary());
    }

    /** Before Camel and the database go: the step under way ends, and the leases are left for the next instance. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        pacing.stop();
        threads.shutdown();
        if (!threads.awaitTermination(settings.lease().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("a step did not end in time; its lease runs out by itself");
        }
        cashiers.values().forEach(Cashier::leave);
    }
}
