package dev.purser.cli.doctor;

import java.time.Duration;
import java.time.Instant;

/** How far somebody else's clock is from ours. */
final class Clocks {

    private Clocks() {}

    /** Positive when theirs is ahead. What may be due to the journey of the answer does not count. */
    static Duration between(Instant theirs, Instant before, Instant after) {
        return theirs.isBefore(before)
                ? Duration.between(before, theirs)
                : theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    }

    /** For example {@code 12 s ahead of}. */
    static String words(Duration difference) {
        return difference.abs().toSeconds() + " s " + (difference.isNegative() ? "behind" : "ahead of");
    }
}
