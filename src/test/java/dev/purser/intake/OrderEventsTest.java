package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderEventsTest {

    private static final String DATA = "{\"order_id\":\"a-1\"}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], bytes(namesAndValues[i + 1]));
        }
        return headers;
    }

    private static Headers binary(String type) {
        return headers(
                "ce_specversion",
                "1.0",
                "ce_id",
                "1",
                "ce_source",
                "/shop",
                "ce_type",
                type,
                "content-type",
                "application/json");
    }

    private static String structured(String type, String rest) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"" + type + "\"" + rest + "}";
    }

    /** The order_id that was read, or the reason why none was. */
    private static String read(Headers headers, byte[] value) {
        return OrderEvents.read(headers, value).fold(new OrderEvent.Cases<>() {
            @Override
            public String data(JsonNode data) {
                return data.path("order_id").asText();
            }

            @Override
            public String unreadable(String reason) {
                return reason;
            }
        });
    }

    @Test
    void bare_json_is_order_data() {
        assertThat(read(headers(), bytes(DATA))).isEqualTo("a-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents+json; charset=UTF-8"})
    void a_structured_event_is_read(String contentType) {
        byte[] value = bytes(structured(OrderEvents.TYPE, ",\"data\":" + DATA));

        assertThat(read(headers("content-type", contentType), value)).isEqualTo("a-1");
    }

    @Test
    void a_structured_event_without_its_content_type_is_read_too() {
        assertThat(read(headers(), bytes(structured(OrderEvents.TYPE, ",\"data\":" + DATA))))
                .isEqualTo("a-1");
    }

    @Test
    void structured_data_may_be_base64() {
        String base64 = java.util.Base64.getEncoder().encodeToString(bytes(DATA));
        byte[] value = bytes(structured(OrderEvents.TYPE, ",\"data_base64\":\"" + base64 + "\""));

        assertThat(read(headers("content-type", "application/cloudevents+json"), value))
                .isEqualTo("a-1");
    }

    @Test
    void a_binary_event_is_read() {
        assertThat(read(binary(OrderEvents.TYPE), bytes(DATA))).isEqualTo("a-1");
    }

    @Test
    void another_type_is_refused_in_each_mode() {
        assertThat(read(binary("com.example.other"), bytes(DATA))).startsWith("type: ");
        assertThat(read(headers(), bytes(structured("dev.purser.order.submitted.v2", ",\"data\":" + DATA))))
                .startsWith("type: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"order_id\":          | value: is no JSON",
                "not json jane@x.org     | value: is no JSON",
                "{} {}                   | value: is no JSON",
                "{\"a\":1,\"a\":2}       | value: is no JSON",
                "[]                      | value: must be a JSON object",
                "\"order\"               | value: must be a JSON object",
                "``                      | value: is empty",
                "{\"specversion\":\"9\"} | event: is no CloudEvent",
                "{\"specversion\":[]}    | event: is no CloudEvent",
            })
    void what_is_no_order_is_told_with_its_place_and_without_its_content(String value, String reason) {
        assertThat(read(headers(), bytes(value))).startsWith(reason).doesNotContain("jane");
    }

    @Test
    void a_null_value_is_told() {
        assertThat(read(headers(), null)).startsWith("value: is null");
    }

    @Test
    void bytes_that_are_no_utf8_are_told() {
        assertThat(read(headers(), new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                .startsWith("value: is no JSON");
    }

    @Test
    void deep_nesting_ends_as_a_reason() {
        String deep = "[".repeat(100_000);

        assertThat(read(headers(), bytes(deep))).startsWith("value: is no JSON");
        assertThat(read(headers(), bytes("{\"specversion\":\"1.0\",\"data\":" + deep)))
                .startsWith("value: is no JSON");
        assertThat(read(headers("content-type", "application/cloudevents+json"), bytes("{\"data\":" + deep)))
                .startsWith("event: is no CloudEvent");
    }

    @Test
    void a_value_that_is_too_large_is_not_parsed() {
        assertThat(read(headers(), new byte[OrderEvents.LONGEST_VALUE + 1])).contains("at most 262144");
    }

    @Test
    void an_event_without_data_or_with_other_data_is_told() {
        assertThat(read(binary(OrderEvents.TYPE), new byte[0])).startsWith("data: is ");
        assertThat(read(headers(), bytes(structured(OrderEvents.TYPE, "")))).startsWith("data: is lacking");
        assertThat(read(
                        headers(),
                        bytes(structured(OrderEvents.TYPE, ",\"datacontenttype\":\"text/xml\",\"data\":\"<a/>\""))))
                .startsWith("datacontenttype");
    }

    @Test
    void a_batch_and_broken_headers_are_told() {
        assertThat(read(headers("content-type", "application/cloudevents-batch+json"), bytes("[]")))
                .startsWith("content-type: ");
        assertThat(read(headers("ce_specversion", "1.0"), bytes(DATA))).startsWith("event: is no CloudEvent");
        Headers empty = new RecordHeaders().add("ce_specversion", null).add("content-type", null);
        assertThat(read(empty, bytes(DATA))).startsWith("event: is no CloudEvent");
    }
}
