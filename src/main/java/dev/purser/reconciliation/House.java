package dev.purser.reconciliation;

import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.outcomes.Announcement;
import dev.purser.outcomes.OutboxEntry;
import dev.purser.provisioning.LedgerTurns;
import dev.purser.provisioning.Settlement;
import dev.purser.provisioning.Settlement.Proven;
import dev.purser.reconciliation.ledger.AccountPull;
import dev.purser.reconciliation.ledger.Pulled;
import dev.purser.reconciliation.ledger.Turns;
import dev.purser.reconciliation.sql.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rest of the house, where Purser really runs. */
@ApplicationScoped
public class House implements Conductor.Outside {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Work work;
    private final CoCalcDoor door;
    private final LedgerTurns turns;
    private final Settlement settlement;
    private final Settings settings;
    private final CountDownLatch stopping = new CountDownLatch(1);

    House(
            Work work,
            CoCalcDoor door,
            LedgerTurns turns,
            Settlement settlement,
            @ConfigProperty(name = "purser.instance", defaultValue = "main") String instance,
            @ConfigProperty(name = "purser.reconciliation.grace", defaultValue = "PT1H") Duration grace,
            @ConfigProperty(name = "purser.reconciliation.reports", defaultValue = "10") int reports) {
        this.work = work;
        this.door = door;
        this.turns = turns;
        this.settlement = settlement;
        this.settings = new Settings(instance, grace, reports);
    }

    public Duration grace() {
        return settings.grace();
    }

    Archive archive() {
        return new Archive(work, settings.reports());
    }

    void stop() {
        stopping.countDown();
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public List<PurchasingAccount> accounts() {
        return turns.accounts();
    }

    /** Right after a start CoCalc has not been asked yet whose the keys are. */
    @Override
    public Optional<String> unknownAccounts(Duration patience) {
        long begun = System.nanoTime();
        Optional<String> unknown = unknownAccounts();
        while (unknown.isPresent() && System.nanoTime() - begun < patience.toNanos() && pass(LOOK_AGAIN)) {
            unknown = unknownAccounts();
        }
        return unknown;
    }

    /** Why some of the configuration are not among the accounts. */
    public Optional<String> unknownAccounts() {
        Set<String> names = new TreeSet<>(door.accounts());
        turns.accounts().forEach(account -> names.remove(account.name()));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("CoCalc has not confirmed yet whose the key is of " + String.join(", ", names)
                        + "; see the purchasing accounts");
    }

    @Override
    public Pulled pull(PurchasingAccount account, AccountPull.Reporter reporter) {
        door.bind(account.name(), account.id());
        return new AccountPull(work, door.as(account.name()), account, turnsOf(account), settings.instance(), reporter)
                .pull();
    }

    private Turns turnsOf(PurchasingAccount account) {
        return new Turns() {
            @Override
            public boolean take() {
                if (isStopping()) {
                    throw new Turns.Stopped();
                }
                return turns.take(account.id());
            }

            @Override
            public Duration lasting(long questions) {
                return turns.lasting(account.id(), questions);
            }

            @Override
            public boolean pass(Duration time) {
                return House.this.pass(time);
            }
        };
    }

    /** @return false when Purser stops */
    private boolean pass(Duration time) {
        try {
            return !stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void heal(PurchasingAccount account) {
        new Healing(work, settlement::settle, settings.grace()).heal(account);
    }

    @Override
    public void book(List<Proven> purchases) {
        settlement.book(purchases);
    }

    @Override
    public void announce(List<Announcement> announcements) {
        OutboxEntry.appendAll(announcements);
    }
}
