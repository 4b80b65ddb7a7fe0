package dev.purser.reconciliation;

import java.time.Duration;

/**
 * What an installation chooses.
 *
 * @param instance the middle of the order token
 * @param grace how young an order or a line may be in flight
 * @param reports of how many of the newest runs the rows are kept
 */
record Settings(String instance, Duration grace, int reports) {

    Settings {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("PURSER_RECONCILIATION_GRACE must not be negative");
        }
        if (reports < 1) {
            throw new IllegalArgumentException("PURSER_RECONCILIATION_REPORTS must be 1 or more");
        }
    }
}
