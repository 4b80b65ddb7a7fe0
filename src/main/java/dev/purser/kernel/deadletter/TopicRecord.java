package dev.purser.kernel.deadletter;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record as the broker gave it. */
public record TopicRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {}
