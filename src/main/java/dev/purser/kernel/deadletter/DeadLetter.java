package dev.purser.kernel.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An input that could not be understood.
 *
 * @param reason why; of the last try, when it was replayed in vain
 * @param attempts how often it was read
 * @param valueBytes null for a tombstone
 * @param decidedBy who replayed or dropped it
 * @param note what came of its replay, or why it was dropped
 */
public record DeadLetter(
        long id,
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        @Nullable Integer valueBytes,
        String reason,
        int attempts,
        State state,
        Instant createdAt,
        @Nullable Instant publishedAt,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String note) {

    /** What became of it. */
    public enum State {
        OPEN,
        REPLAYED,
        DROPPED
    }
}
