package dev.purser.orders;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A valid order as a partner sent it.
 *
 * @param source where it came from, for people: {@code csv:orders.csv:17}, {@code kafka:purser.orders.v1/0@42}, {@code http:name}
 * @param importId the CSV import that it belongs to, or null
 * @param replay true when this very input was read before (a Kafka offset behind what is stored): it can add an order
 *     that is lacking, but never starts a new attempt of one that was closed
 */
public record Submission(
        OrderId orderId,
        UUID accountId,
        @Nullable UUID projectId,
        @Nullable String campaign,
        @Nullable Money maxCost,
        LicenseSpec license,
        String source,
        @Nullable Long importId,
        boolean replay) {}
