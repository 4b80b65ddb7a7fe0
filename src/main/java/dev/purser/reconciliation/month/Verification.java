package dev.purser.reconciliation.month;

import java.util.List;

/**
 * Whether a closed month still is what was sealed.
 *
 * @param recomputed the hash of what the database holds now
 * @param differences each in words, the first of them at most a hundred; none: it holds
 */
public record Verification(ClosedMonth sealed, String recomputed, List<String> differences) {

    public boolean holds() {
        return differences.isEmpty();
    }
}
