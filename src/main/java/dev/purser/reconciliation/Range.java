package dev.purser.reconciliation;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The days (UTC, both included) that a run is about; without any, all that is in no closed month. From the first day on the ledger is read
 * anew, whatever of it is known.
 */
public record Range(@Nullable LocalDate from, @Nullable LocalDate to) {

    public static final Range OPEN = new Range(null, null);

    public Range {
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("the range ends on " + to + ", before it begins on " + from);
        }
    }

    public static Range of(YearMonth month) {
        return new Range(month.atDay(1), month.atEndOfMonth());
    }

    boolean isOpen() {
        return from == null && to == null;
    }
}
