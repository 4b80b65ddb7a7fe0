package dev.purser.orders;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.Email;
import dev.purser.outcomes.Announcement;
import dev.purser.outcomes.OutboxEntry;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the world is told about an order. */
enum Outcome {
    ACCEPTED,
    HELD,
    PROVISIONED,
    REJECTED,
    FAILED,
    CANCELLED;

    void announce(Order order, Because because, @Nullable Email email) {
        ObjectNode data =
                data(order.orderId, order.attempt, order.content.accountId(), order.content.campaign(), because.at());
        if (this == PROVISIONED) {
            Purchase purchase = Objects.requireNonNull(order.purchase);
            data.put("license_id", String.valueOf(purchase.license()))
                    .put("cost", String.valueOf(purchase.cost()))
                    .put(
                            "purchasing_account",
                            Objects.requireNonNull(order.binding).name());
        } else if (this != ACCEPTED) {
            Reason reason = Objects.requireNonNull(order.reason);
            data.put("code", reason.code()).put("message", reason.message());
        }
        if (email != null) {
            data.put("email", email.address());
        }
        int nth = this == HELD ? order.holds : 1;
        OutboxEntry.append(Announcement.ofOrder(
                eventId(order.orderId, order.attempt, nth), type(), order.orderId, because.at(), data.toString()));
    }

    /** The first attempt of a new order, for intake's set-based insert. */
    static Announcement accepted(Submission submission, Instant at) {
        String orderId = submission.orderId().value();
        return Announcement.ofOrder(
                ACCEPTED.eventId(orderId, 1, 1),
                ACCEPTED.type(),
                orderId,
                at,
                data(orderId, 1, submission.accountId(), submission.campaign(), at)
                        .toString());
    }

    /** Of an attempt that was rejected together with others. */
    static Announcement rejected(
            String orderId, int attempt, UUID accountId, @Nullable String campaign, String code, Because because) {
        return Announcement.ofOrder(
                REJECTED.eventId(orderId, attempt, 1),
                REJECTED.type(),
                orderId,
                because.at(),
                data(orderId, attempt, accountId, campaign, because.at())
                        .put("code", code)
                        .put("message", because.why())
                        .toString());
    }

    private static ObjectNode data(
            String orderId, int attempt, UUID accountId, @Nullable String campaign, Instant occurredAt) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("order_id", orderId)
                .put("attempt", attempt)
                .put("account_id", accountId.toString())
                .put("campaign", campaign)
                .put("occurred_at", occurredAt.toString());
    }

    /** Derived, so that the same announcement again has the same id; only a hold can come more than once in an attempt. */
    private String eventId(String orderId, int attempt, int nth) {
        String id = orderId + "/" + attempt + "/" + name().toLowerCase(java.util.Locale.ROOT);
        return nth > 1 ? id + "/" + nth : id;
    }

    private String type() {
        return "dev.purser.order." + name().toLowerCase(java.util.Locale.ROOT) + ".v1";
    }
}
