package dev.purser.outcomes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that the world is told.
 *
 * @param id the CloudEvents id, derived from what happened: the same announcement again has the same id
 * @param type the CloudEvents type, with its version
 * @param key the Kafka key: what must stay in order among its like
 * @param correlationId the CloudEvents extension {@code correlationid}: the id of what this answers, if anything
 * @param data the CloudEvents data, JSON
 */
public record Announcement(
        Topic topic,
        String id,
        String type,
        String key,
        @Nullable String correlationId,
        Instant at,
        String data) {

    /** What became of an order. @param key the order_id */
    public static Announcement ofOrder(String id, String type, String key, Instant at, String data) {
        return new Announcement(Topic.OUTCOMES, id, type, key, null, at, data);
    }
}
