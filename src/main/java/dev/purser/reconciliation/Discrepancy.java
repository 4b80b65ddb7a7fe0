package dev.purser.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference with its life.
 *
 * @param subject {@code purchase:<account>:<id>}, {@code order:<order_id>} or {@code license:<id>}
 * @param seenTimes by how many runs
 */
public record Discrepancy(
        long id,
        Finding finding,
        String subject,
        @Nullable String orderId,
        @Nullable UUID accountId,
        @Nullable Long purchaseId,
        @Nullable UUID licenseId,
        @Nullable Long orderedCents,
        @Nullable Long billedCents,
        long openedRun,
        Instant openedAt,
        Instant seenAt,
        int seenTimes,
        @Nullable Explanation explanation,
        @Nullable Instant closedAt) {

    public record Explanation(String by, Instant at, String note) {}

    /** As finance counts: days since it was opened. */
    public enum Age {
        DAYS_0_1,
        DAYS_2_7,
        DAYS_8_30,
        DAYS_OVER_30;

        static Age of(Duration age) {
            long days = age.toDays();
            if (days <= 1) {
                return DAYS_0_1;
            }
            if (days <= 7) {
                return DAYS_2_7;
            }
            return days <= 30 ? DAYS_8_30 : DAYS_OVER_30;
        }
    }

    public Age age(Instant now) {
        return Age.of(Duration.between(openedAt, closedAt == null ? now : closedAt));
    }
}
