package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Customers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Asks CoCalc for the email addresses of customer accounts: several at once, each account once. */
@ApplicationScoped
public class Resolver {

    private static final Logger LOG = Logger.getLogger(Resolver.class);
    private static final int AT_ONCE = 8;
    private static final Duration CLAIM = Duration.ofSeconds(20);

    private final Customers customers;
    private final Accounts accounts;
    private final CoCalcDoor door;
    private final Pacing pacing;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final AtomicInteger turns = new AtomicInteger();
    private final Trouble trouble = new Trouble();
    private volatile long restsUntil;

    Resolver(Customers customers, Accounts accounts, CoCalcDoor door, Pacing pacing) {
        this.customers = customers;
        this.accounts = accounts;
        this.door = door;
        this.pacing = pacing;
        this.restsUntil = pacing.nanos();
    }

    /** Called by the clock; returns when nobody is left to ask, or when CoCalc gives no answers. */
    public void resolve() {
        List<PurchasingAccount> askers = List.copyOf(accounts.confirmed());
        boolean answered = !askers.isEmpty() && pacing.nanos() - restsUntil >= 0;
        while (answered && !pacing.isStopping()) {
            List<UUID> claimed = customers.claim(4 * AT_ONCE, CLAIM);
            List<CompletableFuture<Boolean>> asked = claimed.stream()
                    .map(customer -> CompletableFuture.supplyAsync(() -> resolve(customer, askers), threads))
                    .toList();
            answered = !asked.isEmpty()
                    && asked.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd);
            if (!asked.isEmpty()) {
                rest(answered);
            }
        }
    }

    /** Longer each time, while CoCalc answers none of them. */
    private void rest(boolean answered) {
        trouble.begin();
        if (answered) {
            trouble.over();
        } else {
            trouble.met("accounts could not be looked up");
            restsUntil = pacing.nanos() + trouble.rest().toNanos();
        }
    }

    private boolean resolve(UUID customer, List<PurchasingAccount> askers) {
        if (customers.answeredBefore(customer)) {
            return true;
        }
        int turn = turns.getAndIncrement();
        for (int i = 0; i < askers.size(); i++) {
            PurchasingAccount asker = askers.get(Math.floorMod(turn + i, askers.size()));
            CoCalc cocalc = door.as(asker.name());
            Answer<CoCalc.EmailAddress> answer =
                    new Witness(cocalc, asker.id()).customer(cocalc.emailAddress(customer));
            if (answer instanceof Answer.Done<CoCalc.EmailAddress> done) {
                customers.answered(
                        customer, done.value().accountExists(), done.value().email());
                return true;
            }
            if (!(answer instanceof Answer.NotSignedIn)) {
                LOG.warnf("account %s could not be looked up and is asked again: %s", customer, answer.summary());
                return false;
            }
            accounts.doubt(asker.name(), KeyCheck.said(asker.name(), answer));
        }
        return false;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
