package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command in the hands of whoever claimed it.
 *
 * @param claim proves that it is still in these hands
 * @param attempts this one included
 * @param isExpired by the database's clock, when it was claimed
 * @param lastMessage what kept it from being done at the try before
 */
record Command(
        long ref,
        String id,
        Verb verb,
        JsonNode data,
        String source,
        UUID claim,
        int attempts,
        Instant expiresAt,
        boolean isExpired,
        @Nullable String lastMessage) {

    /** The same whenever it is tried again, so that a history can be asked whether it was done. */
    String actor() {
        return source + ", command " + id;
    }

    /** Without the data. */
    @Override
    public String toString() {
        return verb.word() + " " + id;
    }
}
