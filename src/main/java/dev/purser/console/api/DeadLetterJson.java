package dev.purser.console.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.TopicRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dead letter in the API. */
@Schema(name = "DeadLetter")
@JsonNaming(SnakeCaseStrategy.class)
record DeadLetterJson(
        long id,
        @Schema(examples = "purser.orders.v1") String topic,
        int partition,
        long offset,

        @Schema(description = "null where the record had none") @Nullable
        Content key,

        @Schema(description = "null for a tombstone") @Nullable
        Integer valueBytes,

        @Schema(description = "What is wrong, with the place, and what would be right")
        String reason,

        @Schema(description = "How often it was read") int attempts,
        DeadLetter.State state,
        Instant createdAt,

        @Schema(description = "When purser.dead-letters.v1 had it") @Nullable
        Instant publishedAt,

        @Nullable Instant decidedAt,

        @Schema(description = "Who replayed or dropped it") @Nullable
        String decidedBy,

        @Schema(description = "What came of its replay, or why it was dropped") @Nullable
        String note) {

    /** Bytes that may be text. */
    @Schema(name = "DeadLetterContent", description = "Either text, or base64 where the bytes are no UTF-8")
    record Content(@Nullable String text, @Nullable String base64) {

        static @Nullable Content of(byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            try {
                return new Content(
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString(),
                        null);
            } catch (CharacterCodingException noText) {
                return new Content(null, Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    @Schema(name = "DeadLetterHeader")
    record Header(String name, @Nullable Content value) {}

    @Schema(name = "DeadLetterWhole", description = "A dead letter with the record as it came")
    record Whole(
            DeadLetterJson letter,
            List<Header> headers,

            @Schema(description = "null for a tombstone") @Nullable
            Content value) {

        static Whole of(DeadLetter letter, TopicRecord original) {
            List<Header> headers = new ArrayList<>();
            original.headers().forEach(header -> headers.add(new Header(header.key(), Content.of(header.value()))));
            return new Whole(DeadLetterJson.of(letter), headers, Content.of(original.value()));
        }
    }

    static DeadLetterJson of(DeadLetter letter) {
        return new DeadLetterJson(
                letter.id(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                Content.of(letter.key()),
                letter.valueBytes(),
                letter.reason(),
                letter.attempts(),
                letter.state(),
                letter.createdAt(),
                letter.publishedAt(),
                letter.decidedAt(),
                letter.decidedBy(),
                letter.note());
    }
}
