package dev.purser.budget;

import dev.purser.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * What an order is about to cost, for which campaign, and how far its partner and the approver let it go.
 *
 * @param maxCost the partner's own limit, or null
 * @param approved the highest price that a person has approved, or null
 */
public record Ask(
        Money amount,
        @Nullable String campaign,
        @Nullable Money maxCost,
        @Nullable Money approved) {}
