package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command as others read it.
 *
 * @param ref rises with every command; for pages
 * @param code why it failed, or why it is tried again, in one word; {@code message} says it to a person
 * @param nextTryAt while it waits
 */
public record CommandView(
        long ref,
        String id,
        String verb,
        CommandState state,
        String source,
        int attempts,
        Instant receivedAt,
        Instant expiresAt,
        @Nullable Instant nextTryAt,
        @Nullable Instant completedAt,
        @Nullable String code,
        @Nullable String message,
        @Nullable JsonNode result) {

    /** Without the result, which may hold an email address. */
    @Override
    public String toString() {
        return verb + " " + id + " is " + state;
    }
}
