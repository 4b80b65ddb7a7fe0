package dev.purser.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What the clock does. */
@ApplicationScoped
class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);
    private static final String ACTOR = "schedule";

    private final Reconciliations reconciliations;

    Schedule(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    void begin() {
        LOG.info("it is time to reconcile");
        reconciliations.start(Range.OPEN, ACTOR);
    }

    /** A run whose instance is gone goes on here. */
    void resume() {
        reconciliations.resume();
    }
}
