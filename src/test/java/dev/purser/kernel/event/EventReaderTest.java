package dev.purser.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final String TYPE = "dev.purser.order.submitted.v1";
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
        return EventReader.read(headers, value, EventReader.USUAL_LIMIT).fold(new Incoming.Cases<>() {
            @Override
            public String event(Incoming.Event event) {
                return event.data().path("order_id").asText();
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
        byte[] value = bytes(structured(TYPE, ",\"data\":" + DATA));

        assertThat(read(headers("content-type", contentType), value)).isEqualTo("a-1");
    }

    @Test
    void a_structured_event_without_its_content_type_is_read_too() {
        assertThat(read(headers(), bytes(structured(TYPE, ",\"data\":" + DATA))))
                .isEqualTo("a-1");
    }

    @Test
    void structured_data_may_be_base64() {
        String base64 = java.util.Base64.getEncoder().encodeToString(bytes(DATA));
        byte[] value = bytes(structured(TYPE, ",\"data_base64\":\"" + base64 + "\""));

        assertThat(read(headers("content-type", "application/cloudevents+json"), value))
                .isEqualTo("a-1");
    }

    @Test
    void a_binary_event_is_read() {
        assertThat(read(binary(TYPE), bytes(DATA))).isEqualTo("a-1");
    }

    @Test
    void id_and_type_of_an_event_are_told_and_bare_json_has_none() {
        Incoming structured =
                EventReader.read(headers(), bytes(structured(TYPE, ",\"data\":" + DATA)), EventReader.USUAL_LIMIT);
        Incoming binary = EventReader.read(binary(TYPE), bytes(DATA), EventReader.USUAL_LIMIT);
        Incoming bare = EventReader.read(headers(), bytes(DATA), EventReader.USUAL_LIMIT);

        assertThat(structured).isEqualTo(binary).isInstanceOf(Incoming.Event.class);
        assertThat(((Incoming.Event) binary).id()).isEqualTo("1");
        assertThat(((Incoming.Event) binary).type()).isEqualTo(TYPE);
        assertThat(((Incoming.Event) bare).type()).isNull();
    }

    @Test
    void numbers_of_structured_data_are_as_exact_as_those_of_bare_json() {
        String data = "{\"max_cost\":0.10000000000000000001}";

        Incoming read =
                EventReader.read(headers(), bytes(structured(TYPE, ",\"data\":" + data)), EventReader.USUAL_LIMIT);

        assertThat(((Incoming.Event) read).data().get("max_cost").decimalValue())
                .isEqualByComparingTo("0.10000000000000000001");
    }

    @Test
    void another_version_of_cloudevents_and_another_format_are_told() {
        String old = structured(TYPE, ",\"data\":" + DATA).replace("\"1.0\"", "\"0.3\"");

        assertThat(read(headers("content-type", "application/cloudevents+json"), bytes(old)))
                .startsWith("specversion: must be 1.0");
        assertThat(read(headers("content-type", "application/cloudevents+avro"), bytes(DATA)))
                .startsWith("content-type: ");
    }

    @Test
    void a_field_that_stands_twice_in_an_event_is_told_with_its_line() {
        String twice = structured(TYPE, ",\"data\":" + DATA + ",\"data\":{\"order_id\":\"a-2\"}");

        assertThat(read(headers("content-type", "application/cloudevents+json"), bytes(twice)))
                .startsWith("value: is no JSON that can be read (line 1");
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
                .startsWith("value: is no JSON");
    }

    @Test
    void a_value_that_is_too_large_is_not_parsed() {
        assertThat(read(headers(), new byte[EventReader.USUAL_LIMIT + 1])).contains("at most 262144");
    }

    @Test
    void an_event_without_data_or_with_other_data_is_told() {
        assertThat(read(binary(TYPE), new byte[0])).startsWith("data: is ");
        assertThat(read(headers(), bytes(structured(TYPE, "")))).startsWith("data: is lacking");
        assertThat(read(headers(), bytes(structured(TYPE, ",\"datacontenttype\":\"text/xml\",\"data\":\"<a/>\""))))
                .startsWith("datacontenttype");
    }

    @Test
    void a_batch_and_broken_headers_are_told() {
        assertThat(read(headers("content-type", "application/cloudevents-batch+json"), bytes("[]")))
                .startsWith("content-type: ");
        assertThat(read(headers("ce_specversion", "1.0"), bytes(DATA)))
                .isEqualTo("event: is no CloudEvent 1.0 (id: is required, as a text)");
        Headers empty = new RecordHeaders().add("ce_specversion", null).add("content-type", null);
        assertThat(read(empty, bytes(DATA))).startsWith("event: is no CloudEvent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\":\"1\"            | \"id\":1                         | id: is required, as a text",
                "\"source\":\"/shop\",   | ``                             | source: is required, as a text",
                "\"source\":\"/shop\"    | \"source\":\"::no uri\"          | source: must be a URI",
                "\"specversion\":\"1.0\" | \"specversion\":1.0              | specversion: is required, as a text",
                "\"id\":\"1\"            | \"id\":\"1\",\"time\":\"yesterday\" | time: must be as RFC 3339",
                "\"id\":\"1\"            | \"id\":\"1\",\"my-ext\":{}         | an extension: its name has",
            },
            quoteCharacter = '`')
    void an_event_that_is_none_is_told_with_the_attribute_that_is_wrong(String good, String bad, String reason) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"t\",\"data\":{}}";
        assertThat(event).contains(good);

        assertThat(read(headers(), bytes(event.replace(good, bad))))
                .startsWith("event: is no CloudEvent 1.0 (" + reason);
    }
}
