package dev.purser.reconciliation;

import java.time.Duration;

/**
 * What an installation chooses.
 *
 * @param instance the middle of the order token
 * @param grace how young an order or a line may be in flight
 */
record Settings(String instance, Duration grace) {

    Settings {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("PURSER_RECONCILIATION_GRACE must not be negative");
        }
    }
}
