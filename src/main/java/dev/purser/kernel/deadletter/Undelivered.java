package dev.purser.kernel.deadletter;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter on its way to the dead-letter topic.
 *
 * @param original the headers that the record came with
 * @param reason the headers that tell what is wrong, and where it came from
 */
public record Undelivered(long id, byte @Nullable [] key, byte @Nullable [] value, Headers original, Headers reason) {

    private static final byte[] IN_THE_TABLE =
            "too large for the topic; GET /api/v1/dead-letters/{dlq-id} has all of it".getBytes(StandardCharsets.UTF_8);

    public Undelivered withoutValue() {
        return new Undelivered(id, key, null, original, with("dlq-value-omitted"));
    }

    public Undelivered withoutHeaders() {
        return new Undelivered(id, null, null, new RecordHeaders(), with("dlq-headers-omitted"));
    }

    private Headers with(String name) {
        return new RecordHeaders(reason).add(name, IN_THE_TABLE);
    }

    /** Writes the value and every header, also those with the same name. */
    public static final class AsItCame implements Serializer<Undelivered> {

        @Override
        public byte @Nullable [] serialize(String topic, Undelivered letter) {
            throw new UnsupportedOperationException("a dead letter has headers");
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, Undelivered letter) {
            for (Header header : letter.original()) {
                if (letter.reason().lastHeader(header.key()) == null) {
                    headers.add(header);
                }
            }
            letter.reason().forEach(headers::add);
            return letter.value();
        }
    }
}
