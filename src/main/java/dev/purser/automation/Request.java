package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command as it came in, unchecked.
 *
 * @param id the sender's; what makes it once
 * @param source {@code kafka:topic/partition@offset}, {@code http:alice}, {@code csv:file.csv:17}, {@code schedule:nightly}
 * @param sentAt its time to live counts from here: one that lay in a topic for a day is a day old
 * @param importId the file it came in, or null
 */
public record Request(
        String id,
        String verb,
        JsonNode data,
        String source,
        Instant sentAt,
        @Nullable Long importId) {

    /** Without the data, which may hold a document. */
    @Override
    public String toString() {
        return verb + " " + id + " from " + source;
    }
}
