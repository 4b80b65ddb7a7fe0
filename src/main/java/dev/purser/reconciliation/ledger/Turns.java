package dev.purser.reconciliation.ledger;

import java.time.Duration;

/** When CoCalc may be asked for the ledger, and how time passes until then. */
public interface Turns {

    /** @return whether it may be asked now; then the question is counted. @throws Stopped when Purser stops */
    boolean take();

    /** How long so many questions take. */
    Duration lasting(long questions);

    /** @return false when Purser stops meanwhile */
    boolean pass(Duration time);

    /** Purser stops: the run is left for whoever goes on with it. */
    final class Stopped extends RuntimeException {
        public Stopped() {
            super("Purser was stopped while it read a ledger");
        }
    }
}
