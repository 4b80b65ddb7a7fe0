package dev.purser.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.intake.OrderEvent.Data;
import dev.purser.intake.OrderEvent.Unreadable;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads order data out of Kafka values: CloudEvents in structured or binary mode, and bare JSON. */
final class OrderEvents {

    static final String TYPE = "dev.purser.order.submitted.v1";
    /** An order is small; what is larger is something else, and is kept as a dead letter. */
    static final int LONGEST_VALUE = 256 * 1024;

    /** A field that stands twice could mean either, so it means neither. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonFormat STRUCTURED = new JsonFormat();

    private OrderEvents() {}

    static OrderEvent read(Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return new Unreadable("value: is null (a tombstone); an order was expected");
        }
        if (value.length > LONGEST_VALUE) {
            return new Unreadable("value: has " + value.length + " bytes; at most " + LONGEST_VALUE + " are read");
        }
        String contentType = text(headers.lastHeader("content-type")).toLowerCase(Locale.ROOT);
        if (contentType.startsWith("application/cloudevents-batch")) {
            return new Unreadable("content-type: batches of events are not read; send one event in each record");
        }
        if (contentType.startsWith("application/cloudevents") || headers.lastHeader("ce_specversion") != null) {
            return event(() -> KafkaMessageFactory.createReader(headers, value).toEvent());
        }
        return json("value", value).fold(new OrderEvent.Cases<>() {
            @Override
            public OrderEvent data(JsonNode json) {
                // A structured event whose producer left out the content type.
                return json.has("specversion") ? event(() -> STRUCTURED.deserialize(value)) : new Data(json);
            }

            @Override
            public OrderEvent unreadable(String reason) {
                return new Unreadable(reason);
            }
        });
    }

    private static OrderEvent event(Supplier<CloudEvent> reader) {
        CloudEvent event;
        try {
            event = reader.get();
        } catch (CloudEventRWException e) {
            return new Unreadable("event: is no CloudEvent 1.0 (" + word(e.getKind()) + ")");
        } catch (RuntimeException e) {
            // The library lets other exceptions through, too, for what a sender can write.
            return new Unreadable("event: is no CloudEvent 1.0 (" + e.getClass().getSimpleName() + ")");
        }
        if (!TYPE.equals(event.getType())) {
            return new Unreadable("type: is not read on this topic; it must be " + TYPE);
        }
        String contentType = event.getDataContentType();
        if (contentType != null
                && !contentType.toLowerCase(Locale.ROOT).matches("application/([a-z0-9.+-]+\\+)?json(;.*)?")) {
            return new Unreadable("datacontenttype: must be application/json");
        }
        CloudEventData data = event.getData();
        return data == null ? new Unreadable("data: is lacking") : json("data", data.toBytes());
    }

    private static OrderEvent json(String place, byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.isObject()) {
                return new Data(json);
            }
            return new Unreadable(place + (json.isMissingNode() ? ": is empty" : ": must be a JSON object"));
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            return new Unreadable(place + ": is no JSON that can be read" + where);
        } catch (IOException e) {
            return new Unreadable(place + ": is no JSON that can be read, and no UTF-8");
        }
    }

    private static String word(CloudEventRWException.CloudEventRWExceptionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String text(@Nullable Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
