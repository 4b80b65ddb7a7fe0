package dev.purser.reconciliation;

import java.time.LocalDate;
import java.util.List;

/**
 * The rows of one run, summed up in three ways. Each row is in one slice of each, so that all three have the same sum.
 *
 * @param campaigns the dearest first; an empty text for orders and lines without one
 * @param days (UTC) of the purchase, or since when an order without one is so; the earliest first
 */
public record Breakdown(List<Slice<Finding>> findings, List<Slice<String>> campaigns, List<Slice<LocalDate>> days) {

    /** @param key what its rows have in common */
    public record Slice<K>(K key, Sum sum) {}

    /**
     * Cents, of so many rows.
     *
     * @param credited the refunds and credits in {@code billed}, so 0 or less
     * @param discrepancies how many of the rows somebody must look at
     */
    public record Sum(long rows, long ordered, long billed, long credited, long discrepancies) {

        public static final Sum NOTHING = new Sum(0, 0, 0, 0, 0);

        public long charged() {
            return billed - credited;
        }

        public long difference() {
            return billed - ordered;
        }

        public Sum plus(Sum other) {
            return new Sum(
                    rows + other.rows,
                    ordered + other.ordered,
                    billed + other.billed,
                    credited + other.credited,
                    discrepancies + other.discrepancies);
        }
    }

    public Sum total() {
        return findings.stream().map(Slice::sum).reduce(Sum.NOTHING, Sum::plus);
    }
}
