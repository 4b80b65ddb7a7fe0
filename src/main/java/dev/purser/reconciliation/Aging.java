package dev.purser.reconciliation;

import dev.purser.reconciliation.Discrepancy.Age;

/**
 * The open discrepancies of one age.
 *
 * @param explained those of {@code count} that a person has explained
 * @param ordered cents
 * @param billed cents
 */
public record Aging(Age age, long count, long explained, long ordered, long billed) {

    static Aging none(Age age) {
        return new Aging(age, 0, 0, 0, 0);
    }

    Aging plus(Aging other) {
        return new Aging(
                age, count + other.count, explained + other.explained, ordered + other.ordered, billed + other.billed);
    }
}
