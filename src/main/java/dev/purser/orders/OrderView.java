package dev.purser.orders;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as others read it, detached from the database.
 *
 * @param purchasingAccount the alias of the account that buys or bought it, null while it is bound to none
 * @param quotedCost in USD, the last quote; {@code cost} the quote it was paid at
 * @param code why it is held, rejected, failed or unknown, in one word; {@code message} says it to a person
 * @param history only for a single order, else empty
 */
public record OrderView(
        OrderId orderId,
        int attempt,
        OrderState state,
        UUID accountId,
        @Nullable UUID projectId,
        @Nullable String campaign,
        @Nullable Money maxCost,
        LicenseSpec license,
        boolean emailKnown,
        @Nullable String purchasingAccount,
        @Nullable Money quotedCost,
        @Nullable Money cost,
        @Nullable Long cartItemId,
        @Nullable UUID licenseId,
        @Nullable Long purchaseId,
        @Nullable Money billedCost,
        @Nullable String code,
        @Nullable String message,
        String source,
        Instant receivedAt,
        @Nullable Instant completedAt,
        List<Event> history) {

    /** One transition. @param from null for the first */
    public record Event(Instant at, @Nullable OrderState from, OrderState to, String why, String actor) {}
}
