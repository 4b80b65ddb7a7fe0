package dev.purser.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    private static final CloudEvent EVENT = CloudEventBuilder.v1()
            .withId("a-1/1/accepted")
            .withType("dev.purser.order.accepted.v1")
            .withSource(URI.create("/purser"))
            .withExtension("correlationid", "c-1")
            .withData("application/json", "{\"order_id\":\"a-1\"}".getBytes(StandardCharsets.UTF_8))
            .build();

    private final Headers headers = new RecordHeaders();

    private JsonNode written(String mode) throws IOException {
        try (EventWriter writer = new EventWriter()) {
            writer.configure(Map.of(CloudEventSerializer.ENCODING_CONFIG, mode), false);
            return new ObjectMapper().readTree(writer.serialize("purser.outcomes.v1", headers, EVENT));
        }
    }

    private String header(String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void a_binary_event_has_its_attributes_in_headers() throws IOException {
        assertThat(written("BINARY").path("order_id").asText()).isEqualTo("a-1");
        assertThat(header("ce_id")).isEqualTo("a-1/1/accepted");
        assertThat(header("ce_correlationid")).isEqualTo("c-1");
        assertThat(header("content-type")).isEqualTo("application/json");
    }

    @Test
    void a_structured_event_has_all_in_its_value() throws IOException {
        JsonNode event = written("STRUCTURED");

        assertThat(event.at("/data/order_id").asText()).isEqualTo("a-1");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("correlationid").asText()).isEqualTo("c-1");
        assertThat(header("content-type")).isEqualTo("application/cloudevents+json");
    }
}
