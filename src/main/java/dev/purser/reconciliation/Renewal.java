package dev.purser.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that an order of ours began.
 *
 * @param every {@code month} or {@code year}
 * @param cost in USD for each renewal
 * @param next when what is paid ends; CoCalc tries to renew five days before
 * @param in30Days in USD, by how often it renews until then
 */
public record Renewal(
        String orderId,
        @Nullable String campaign,
        String purchasingAccount,
        long subscriptionId,
        UUID licenseId,
        String every,
        BigDecimal cost,
        Instant next,
        BigDecimal in30Days,
        BigDecimal in90Days) {

    /** @param readAt when CoCalc told its subscriptions; null: never yet. @param renewals soonest first, the active ones */
    public record Watch(@Nullable Instant readAt, BigDecimal in30Days, BigDecimal in90Days, List<Renewal> renewals) {}
}
