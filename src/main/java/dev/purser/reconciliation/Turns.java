package dev.purser.reconciliation;

import java.time.Duration;

/** When CoCalc may be asked for the ledger, and how time passes until then. */
interface Turns {

    /** @return whether it may be asked now; then the question is counted. @throws LedgerPull.Stopped when Purser stops */
    boolean take();

    /** How long so many questions take. */
    Duration lasting(long questions);

    /** @return false when Purser stops meanwhile */
    boolean pass(Duration time);
}
