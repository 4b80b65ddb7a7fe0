package dev.purser.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reconciliation, as people read it.
 *
 * @param pulled lines of the ledger read so far, of {@code toPull}; null while that is not known
 * @param eta until the pull ends, within CoCalc's throttle; null when nothing is left to tell
 * @param reason why it is {@link State#PULL_INCOMPLETE}
 * @param proof what was proven about the pull, and what this CoCalc gives no means to prove
 * @param billCents the sum of the bill in the range; null until it is compared
 * @param totals every finding that there is, once compared
 * @param reportKept whether its rows are still there; the totals always are. @see Archive
 */
public record Run(
        long id,
        State state,
        Range range,
        String actor,
        Phase phase,
        long pulled,
        @Nullable Long toPull,
        @Nullable Duration eta,
        @Nullable String reason,
        @Nullable String proof,
        @Nullable Long billCents,
        Map<Finding, Total> totals,
        Instant startedAt,
        @Nullable Instant finishedAt,
        boolean reportKept) {

    public enum State {
        RUNNING,
        COMPLETED,
        /** The ledger was not read as a whole, or that could not be proven: nothing was concluded or changed. */
        PULL_INCOMPLETE
    }

    public enum Phase {
        WAITING,
        LICENSES,
        LEDGER,
        PROOF,
        HEALING,
        COMPARING,
        DONE
    }

    /** @param orderedCents at what the orders were paid */
    public record Total(long count, long orderedCents, long billedCents) {}

    /** Cents of the bill that are in no finding; null until it is compared. It is 0, or the comparison is wrong. */
    public @Nullable Long unexplainedCents() {
        return billCents == null
                ? null
                : billCents
                        - totals.values().stream().mapToLong(Total::billedCents).sum();
    }

    /** The bill without credits and refunds. */
    public long chargedCents() {
        return totals.entrySet().stream()
                .filter(entry -> entry.getKey() != Finding.REFUND_OR_CREDIT)
                .mapToLong(entry -> entry.getValue().billedCents())
                .sum();
    }

    public long discrepancies() {
        return totals.entrySet().stream()
                .filter(entry -> entry.getKey().isDiscrepancy())
                .mapToLong(entry -> entry.getValue().count())
                .sum();
    }

    public List<Finding> findings() {
        return totals.keySet().stream().sorted().toList();
    }
}
