package dev.purser.provisioning;

import dev.purser.cocalc.CoCalcDoor;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Gives the engine its threads: each cashier works on one of its own. */
@ApplicationScoped
public class Provisioner {

    private static final Logger LOG = Logger.getLogger(Provisioner.class);
    private static final int CONFIGURATION = 78;
    private static final long PARKING_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Engine engine;
    private final Settings settings;
    private final MachinePacing pacing;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Parking parking;
    private final AtomicLong parkedAt = new AtomicLong();
    private final AtomicBoolean confirming = new AtomicBoolean();

    Provisioner(
            CoCalcDoor door,
            Accounts accounts,
            Store store,
            Parking parking,
            Settings settings,
            MachinePacing pacing,
            Clock clock) {
        this.engine = new Engine(door, store, accounts, settings, pacing, clock);
        this.parking = parking;
        this.settings = settings;
        this.pacing = pacing;
        parkedAt.set(pacing.nanos());
    }

    /** Called by the clock; returns at once, the work goes on elsewhere. */
    public void tick() {
        if (pacing.isStopping()) {
            return;
        }
        if (engine.isConfirmationDue() && confirming.compareAndSet(false, true)) {
            threads.execute(this::confirm);
        }
        long parked = parkedAt.get();
        if (pacing.nanos() - parked > PARKING_EVERY && parkedAt.compareAndSet(parked, pacing.nanos())) {
            threads.execute(parking::park);
        }
        engine.cashiers().stream().filter(Cashier::isDue).forEach(cashier -> threads.execute(cashier::work));
    }

    /** Lets this instance look at the account at once; another one that holds the lease looks when its rest is over, in a minute at most. */
    void wake(UUID account) {
        engine.cashiers().stream().filter(cashier -> cashier.isFor(account)).forEach(Cashier::wake);
    }

    private void confirm() {
        try {
            engine.confirm().ifPresent(wrong -> {
                LOG.errorf("Purser stops, because its configuration is wrong: %s", wrong);
                Quarkus.asyncExit(CONFIGURATION);
            });
        } finally {
            confirming.set(false);
        }
    }

    /** Before Camel and the database go: the step under way ends, and the leases are left for the next instance. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        pacing.stop();
        threads.shutdown();
        if (!threads.awaitTermination(settings.lease().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("a step did not end in time; its lease runs out by itself");
        }
        engine.leave();
    }
}
