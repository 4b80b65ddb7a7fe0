package dev.purser.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report, in the order of {@code report.csv}. Amounts are cents.
 *
 * @param purchasingAccount its name
 * @param ordered at what the order was paid
 * @param quoted what CoCalc quoted last
 * @param rawCost as CoCalc printed it, a 4-byte real
 * @param rule by which it matches, or null
 * @param periodOrdered two ISO instants with a slash, or {@code monthly}, {@code yearly}
 * @param ageDays since the purchase, or since the order
 * @param note of whoever explained it, or what there is to say
 */
public record ReportRow(
        Finding finding,
        @Nullable String orderId,
        @Nullable String campaign,
        @Nullable String purchasingAccount,
        @Nullable Long cartItemId,
        @Nullable Long purchaseId,
        @Nullable UUID licenseId,
        @Nullable Long ordered,
        @Nullable Long quoted,
        @Nullable Long billed,
        long difference,
        @Nullable BigDecimal rawCost,
        @Nullable String rule,
        @Nullable String periodOrdered,
        @Nullable String periodBilled,
        @Nullable Instant purchaseTime,
        @Nullable Integer ageDays,
        @Nullable String note) {}
