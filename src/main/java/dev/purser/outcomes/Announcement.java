package dev.purser.outcomes;

import java.time.Instant;

/**
 * Something that the world is told.
 *
 * @param id the CloudEvents id, derived from what happened: the same announcement again has the same id
 * @param type the CloudEvents type, with its version
 * @param key the Kafka key: the order_id
 * @param data the CloudEvents data, JSON
 */
public record Announcement(String id, String type, String key, Instant at, String data) {}
