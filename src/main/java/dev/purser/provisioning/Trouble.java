package dev.purser.provisioning;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CoCalc gives no useful answer: the account waits, longer each time, and says why. A question that goes unanswered is
 * over with the next answer; a refused checkout only with a checkout that went well, whatever is answered in between.
 */
final class Trouble {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private int inARow;
    private int refusals;
    private boolean met;
    private Duration least = Duration.ZERO;
    private volatile @Nullable String unanswered;
    private volatile @Nullable String refused;

    /** A turn begins. */
    void begin() {
        met = false;
        least = Duration.ZERO;
    }

    void met(String summary) {
        met = true;
        inARow++;
        unanswered = summary;
    }

    /** @param atLeast how long CoCalc wants to be left alone */
    void met(String summary, Duration atLeast) {
        met(summary);
        least = atLeast;
    }

    /** CoCalc answered, and would not sell. */
    void checkoutRefused(String summary) {
        refusals++;
        met = true;
        refused = summary;
    }

    /** A refusal that told more than the one before: only what is refused again and again in the same way is asked less and less often. */
    void closer() {
        inARow = 0;
        refusals = 0;
    }

    void checkoutWentWell() {
        refusals = 0;
        refused = null;
        over();
    }

    void over() {
        if (!met) {
            inARow = 0;
            unanswered = null;
        }
    }

    /** Somebody else asks from now on. */
    void forget() {
        inARow = 0;
        refusals = 0;
        unanswered = null;
        refused = null;
    }

    /** True when this turn met trouble. */
    boolean isMet() {
        return met;
    }

    /** What is wrong now, or null. */
    @Nullable
    String what() {
        return unanswered == null ? refused : unanswered;
    }

    /** The last question got a useful answer. */
    boolean isAnswering() {
        return unanswered == null;
    }

    Duration rest() {
        Duration rest = FIRST.multipliedBy(1L << Math.min(Math.max(inARow, 2 * refusals), 8));
        return Collections.max(List.of(least, rest.compareTo(LONGEST) > 0 ? LONGEST : rest));
    }
}
