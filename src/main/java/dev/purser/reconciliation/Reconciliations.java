package dev.purser.reconciliation;

import dev.purser.reconciliation.sql.Work;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All reconciliations: those that were, and the one that runs, on whichever instance. */
@ApplicationScoped
public class Reconciliations {

    private static final Logger LOG = Logger.getLogger(Reconciliations.class);
    private static final Duration A_WHOLE_REPORT = Duration.ofMinutes(30);
    private static final long SIGN_OF_LIFE_SECONDS = 20;

    private final Work work;
    private final House house;
    private final Runs runs;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final AtomicBoolean atWork = new AtomicBoolean();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

    Reconciliations(Work work, House house) {
        this.work = work;
        this.house = house;
        this.runs = new Runs(work);
    }

    /**
     * Begins a run, which goes on by itself. Two at once are one: where one is on its way, on whatever instance, that is the
     * answer, whatever its range.
     */
    public Run start(Range range, String actor) {
        long run = runs.enter(range, actor);
        resume();
        return runs.find(run).orElseThrow();
    }

    /** Goes on with a run whose instance died; does nothing while all is well. For a clock. */
    public void resume() {
        if (!house.isStopping() && atWork.compareAndSet(false, true)) {
            worker.execute(this::work);
        }
    }

    private void work() {
        try {
            Optional<Run> next = runs.take();
            while (next.isPresent()) {
                conduct(next.get());
                next = house.isStopping() ? Optional.empty() : runs.take();
            }
        } catch (RuntimeException e) {
            LOG.warnf("no reconciliation can be worked now: %s", e.getMessage());
        } finally {
            atWork.set(false);
        }
    }

    private void conduct(Run run) {
        LOG.infof("reconciliation %d begins, for %s", run.id(), run.actor());
        ScheduledFuture<?> beat = heart.scheduleWithFixedDelay(
                () -> beat(run), SIGN_OF_LIFE_SECONDS, SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
        Conductor conductor = new Conductor(work, runs, house, house.grace());
        try {
            conductor.conduct(run);
            runs.find(run.id())
                    .ifPresent(ended -> LOG.infof(
                            "reconciliation %d is %s: %d discrepancies%s",
                            ended.id(),
                            ended.state(),
                            ended.discrepancies(),
                            ended.reason() == null ? "" : ", " + ended.reason()));
            weed();
        } catch (Runs.Lost e) {
            LOG.info(e.getMessage());
        } catch (RuntimeException e) {
            fail(conductor, run, e);
        } finally {
            beat.cancel(false);
        }
    }

    /** An exception would be the last beat: a database that is away for a moment must not cost the lease. */
    private void beat(Run run) {
        try {
            runs.signOfLife(run.id());
        } catch (RuntimeException e) {
            LOG.infof("reconciliation %d gave no sign of life: %s", run.id(), e.getMessage());
        }
    }

    /** The run is over and told: what goes wrong here is made up for by the next one. */
    private void weed() {
        try {
            int runs = house.archive().weed();
            if (runs > 0) {
                LOG.infof("the rows of %d old reconciliations were let go, their totals are kept", runs);
            }
        } catch (RuntimeException e) {
            LOG.warnf("the rows of old reconciliations were not let go: %s", e.getMessage());
        }
    }

    private void fail(Conductor conductor, Run run, RuntimeException e) {
        if (house.isStopping()) {
            runs.leave(run.id());
        } else {
            LOG.errorf(e, "reconciliation %d failed", run.id());
            conductor.giveUp(run, reason(e));
        }
    }

    /** For people; what exactly it was is in the log. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return "the database did not do its part (SQLSTATE " + refused.getSQLState()
                        + "); what was read is kept, run it again, and see the log of this instance if it happens again";
            }
        }
        return "an error nobody expected (" + failure.getClass().getSimpleName()
                + "), see the log of this instance; what was read is kept, run it again";
    }

    public Optional<Run> find(long id) {
        return runs.find(id);
    }

    /** Newest first. @param before only those with a lower id; null: from the newest on */
    public List<Run> list(@Nullable Long before, int limit) {
        return runs.list(before, limit);
    }

    /** In the order of the report, one by one, however many. */
    public void rows(long run, Consumer<ReportRow> consumer) {
        work.run(A_WHOLE_REPORT, db -> Report.rows(db, run, consumer));
    }

    /** Before the database goes. What was read is stored; another instance goes on with the run, or this one when it is back. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        house.stop();
        worker.shutdown();
        if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("a reconciliation did not stop in time; its lease runs out by itself");
        }
        heart.shutdownNow();
    }
}
