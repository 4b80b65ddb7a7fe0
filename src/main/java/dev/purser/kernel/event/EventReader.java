package dev.purser.kernel.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.kernel.event.Incoming.Event;
import dev.purser.kernel.event.Incoming.Unreadable;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads Kafka values: CloudEvents 1.0 in structured or binary mode, and bare JSON. */
public final class EventReader {

    /** An order is small; what is larger is something else, and is kept as a dead letter. */
    public static final int USUAL_LIMIT = 256 * 1024;

    /** A field that stands twice could mean either, so it means neither. */
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonFormat STRUCTURED = new JsonFormat();
    private static final String ANY_CLOUD_EVENT = "application/cloudevents";

    private EventReader() {}

    /** @param limit in bytes; what is longer is not parsed */
    public static Incoming read(Headers headers, byte @Nullable [] value, int limit) {
        if (value == null) {
            return new Unreadable("value: is null (a tombstone); send an event, or bare JSON data");
        }
        if (value.length > limit) {
            return new Unreadable("value: has " + value.length + " bytes; at most " + limit + " are read");
        }
        String contentType = mediaType(text(headers.lastHeader("content-type")));
        if (contentType.startsWith(ANY_CLOUD_EVENT + "-batch")) {
            return new Unreadable("content-type: batches of events are not read; send one event in each record");
        }
        if (contentType.startsWith(ANY_CLOUD_EVENT)) {
            return contentType.equals(ANY_CLOUD_EVENT + "+json") || contentType.equals(ANY_CLOUD_EVENT)
                    ? json("value", value).fold(new StructuredOr(value, true))
                    : new Unreadable("content-type: of structured events only application/cloudevents+json is read");
        }
        if (headers.lastHeader("ce_specversion") != null) {
            return event(
                    () -> KafkaMessageFactory.createReader(headers, value).toEvent(),
                    name -> written(headers.lastHeader("ce_" + name)),
                    null);
        }
        return json("value", value).fold(new StructuredOr(value, false));
    }

    /** JSON that is a structured event, or may be bare data when its producer did not say that it is one. */
    private record StructuredOr(byte[] value, boolean always) implements Incoming.Cases<Incoming> {
        @Override
        public Incoming event(Event json) {
            return always || json.data().has("specversion")
                    ? EventReader.event(
                            () -> STRUCTURED.deserialize(value),
                            name -> json.data().path(name).textValue(),
                            json.data().get("data"))
                    : json;
        }

        @Override
        public Incoming unreadable(String reason) {
            return new Unreadable(reason);
        }
    }

    /**
     * @param attributes as they were written, by name
     * @param data what the library need not read once more, with other rules for numbers
     */
    private static Incoming event(
            Supplier<CloudEvent> reader, Function<String, @Nullable String> attributes, @Nullable JsonNode data) {
        CloudEvent event;
        try {
            event = reader.get();
        } catch (RuntimeException e) {
            // The library has an exception of its own, and lets others through, too, for what a sender can write.
            return new Unreadable("event: is no CloudEvent 1.0 (" + Attributes.flaw(attributes) + ")");
        }
        if (event.getSpecVersion() != SpecVersion.V1) {
            return new Unreadable("specversion: must be 1.0");
        }
        String contentType = event.getDataContentType();
        if (contentType != null && !mediaType(contentType).matches("application/([a-z0-9.+-]+\\+)?json")) {
            return new Unreadable("datacontenttype: must be application/json");
        }
        CloudEventData bytes = event.getData();
        if (bytes == null) {
            return new Unreadable("data: is lacking");
        }
        Incoming read = data != null && data.isObject() ? new Event(null, null, data) : json("data", bytes.toBytes());
        return read.fold(new Incoming.Cases<>() {
            @Override
            public Incoming event(Event json) {
                return new Event(event.getId(), event.getType(), json.data());
            }

            @Override
            public Incoming unreadable(String reason) {
                return new Unreadable(reason);
            }
        });
    }

    /** A JSON text; empty is a missing node. */
    public static JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (NumberFormatException | ArithmeticException e) {
            throw beyondBounds();
        }
    }

    public static JsonNode tree(String json) throws JsonProcessingException {
        try {
            return JSON.readTree(json);
        } catch (NumberFormatException | ArithmeticException e) {
            throw beyondBounds();
        }
    }

    /** The parser lets it through when an exponent has dozens of digits, and repeats the number. */
    private static JsonProcessingException beyondBounds() {
        return new JsonParseException(null, "a number is beyond all bounds");
    }

    private static Incoming json(String place, byte[] bytes) {
        try {
            JsonNode json = tree(bytes);
            if (json.isObject()) {
                return new Event(null, null, json);
            }
            return new Unreadable(place + (json.isMissingNode() ? ": is empty" : ": must be a JSON object"));
        } catch (JsonProcessingException e) {
            return new Unreadable(place + ": is no JSON that can be read" + where(e));
        } catch (IOException e) {
            return new Unreadable(place + ": is no JSON that can be read, and no UTF-8");
        }
    }

    /** In words, where a JSON text ceases to be one; never what stands there. */
    public static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable String written(@Nullable Header header) {
        return header == null || header.value() == null ? null : text(header);
    }

    private static String text(@Nullable Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
