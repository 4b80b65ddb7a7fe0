package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Events that nobody would send, among good ones: each ends somewhere, with a reason that names its place. */
class HostileEventsIT {

    private static final String TYPE = "dev.purser.order.submitted.v1";

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<String, String> reasons = new HashMap<>();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String order(String name) {
        return OrdersTopic.order("hostile-" + name + "-" + run, customer);
    }

    private ProducerRecord<byte[], byte[]> add(String name, byte[] value, String... headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(OrdersTopic.NAME, bytes(name + "-" + run), value);
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], bytes(headers[i + 1]));
        }
        records.add(record);
        return record;
    }

    private ProducerRecord<byte[], byte[]> dead(String reason, String name, String value, String... headers) {
        reasons.put(name + "-" + run, reason);
        return add(name, bytes(value), headers);
    }

    private static String[] binary(String type, String... more) {
        List<String> headers =
                new ArrayList<>(List.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/shop", "ce_type", type));
        headers.addAll(Arrays.asList(more));
        return headers.toArray(String[]::new);
    }

    private String structured(String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"" + type + "\",\"data\":" + data
                + "}";
    }

    private void fill() {
        dead("type: is not read on this topic", "v2", order("v2"), binary("dev.purser.order.submitted.v2"));
        dead("type: is not read on this topic", "other", structured("com.example.other", order("other")));
        dead("specversion: must be 1.0", "old", structured(TYPE, order("old")).replace("\"1.0\"", "\"0.3\""));
        dead(
                "event: is no CloudEvent 1.0",
                "nine",
                structured(TYPE, order("nine")).replace("\"1.0\"", "\"9\""));
        dead("event: is no CloudEvent 1.0", "lonely", order("lonely"), "ce_specversion", "1.0");
        dead("datacontenttype: must be", "xml", "<order/>", binary(TYPE, "content-type", "text/xml"));
        dead("content-type: batches", "batch", "[]", "content-type", "application/cloudevents-batch+json");
        dead("content-type: of structured", "avro", "x", "content-type", "application/cloudevents+avro");
        dead("value: is no JSON that can be read (line 1", "twice", "{\"order_id\":\"a\",\"order_id\":\"b\"}");
        dead("value: is no JSON", "deep", "{\"a\":".repeat(20_000));
        dead("value: is empty", "empty", "");
        dead("value: must be a JSON object", "list", "[1]");
        dead("value: has 900000 bytes", "mega", "{\"order_id\":\"" + "x".repeat(900_000 - 15) + "\"}");
        dead("/license/ram: must be", "huge", order("huge").replace("\"ram\":4", "\"ram\":1e999999999"));
        dead("/license/ram: must be", "tiny", order("tiny").replace("\"ram\":4", "\"ram\":1e-999999999"));
        dead("value: is no JSON", "beyond", order("beyond").replace("\"ram\":4", "\"ram\":1e" + "9".repeat(40)));
        dead("value: is no JSON", "digits", order("digits").replace("\"ram\":4", "\"ram\":" + "4".repeat(5_000)));
        dead("/license/member: must be", "words", order("words").replace("\"member\":true", "\"member\":\"yes\""));
        dead(
                "/license: is required",
                "flat",
                "{\"order_id\":\"a\",\"account_id\":\"" + customer + "\",\"license\":[]}");
        dead("/license/title: must have no NUL", "nul", order("nul").replace("Calculus", "\\u0000"));
        dead("type: is not read on this topic", "nul type", order("nt"), binary("dev.purser\0order"));
        dead("type: is not read on this topic", "long type", order("lt"), binary("x".repeat(300_000)));
        dead("event: is no CloudEvent 1.0", "nul id", order("ni"), binary(TYPE, "ce_time", "\0"));
        dead("value: is no JSON", "nul\0key", "\0\0\0");
        dead("value: is no JSON", "nul name", "{", "\0", "\0", "", "no name");
        dead(
                "event: is no CloudEvent 1.0",
                "bare in event",
                order("be"),
                "content-type",
                "application/cloudevents+json");
        dead("data: is lacking", "no data", "", binary(TYPE));
        dead("/order_id: must be 1 to 128", "surrogate", order("s").replace("hostile-s", "\\ud800"));
        reasons.put("utf8-" + run, "value: is no JSON");
        add("utf8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        reasons.put("tomb-" + run, "value: is null (a tombstone)");
        add("tomb", null);
        ProducerRecord<byte[], byte[]> heavy = dead("value: is no JSON", "heavy", "{");
        heavy.headers().add("twin", bytes("one")).add("twin", bytes("two")).add("nothing", null);
        heavy.headers().add("kafka.large", new byte[600_000]);
        heavy.headers().add("dlq-reason", bytes("a lie"));
    }

    @Test
    void each_is_told_with_its_place_kept_whole_and_can_be_replayed_while_the_good_ones_are_bought()
            throws IOException {
        fill();
        add("binary", bytes(order("binary")), binary(TYPE, "content-type", "application/json; charset=utf-8"));
        add("structured", bytes(structured(TYPE, order("structured"))), "content-type", "application/cloudevents+json");
        add("bare", bytes(order("bare").replace("\"campaign\"", "\"colour\":{\"x\":[1e99999]},\"campaign\"")));
        try (PurserProcess purser = PurserProcess.of(parts, "hostile")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_EVENTS_MODE", "structured")
                .start()) {
            // Larger than any event may be, as if nobody had cut it: the broker refuses it, and it blocks nobody else.
            purser.ask("insert into outbox (event_id, type, key, occurred_at, data) values"
                    + " ('giant', 'x', 'giant', now(), '{\"a\":\"' || repeat('x', 2000000) || '\"}') returning id");
            parts.orders().sendRaw(records);

            for (String good : List.of("binary", "structured", "bare")) {
                purser.awaitState("hostile-" + good + "-" + run, "PROVISIONED");
            }
            Map<String, ConsumerRecord<byte[], byte[]>> told = Awaitility.await("all dead letters are told")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> deadLetters(), letters -> letters.keySet().containsAll(reasons.keySet()));

            assertThat(reasons).allSatisfy((key, reason) -> assertThat(header(told.get(key), "dlq-reason"))
                    .as(key)
                    .startsWith(reason));
            assertThat(told).hasSameSizeAs(reasons);
            assertThat(told.get("mega-" + run).value()).hasSize(900_000);
            assertThat(told.get("tomb-" + run).value()).isNull();
            ConsumerRecord<byte[], byte[]> heavy = told.get("heavy-" + run);
            assertThat(heavy.headers().headers("twin")).hasSize(2);
            assertThat(heavy.headers().lastHeader("kafka.large").value()).hasSize(600_000);
            assertThat(heavy.headers().headers("dlq-reason")).hasSize(1);
            assertThat(header(heavy, "kafka_dlt-original-topic")).isEqualTo(OrdersTopic.NAME);

            List<OutcomesTopic.Event> outcomes = Awaitility.await("outcomes get past the giant")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> parts.outcomes().events("hostile-bare-" + run), events -> events.size() == 2);
            assertThat(outcomes).allSatisfy(event -> assertThat(
                            json.readTree(event.data()).path("specversion").asText())
                    .isEqualTo("1.0"));
            assertThat(purser.ask("select attempts > 0 and trouble = 'RecordTooLargeException' from outbox"
                            + " where key = 'giant'"))
                    .isEqualTo("t");
            replayed(purser);
        }
    }

    private void replayed(PurserProcess purser) throws IOException {
        JsonNode page = json.readTree(purser.get("/api/v1/dead-letters?limit=5").body());
        assertThat(page.path("items")).hasSize(5);
        assertThat(page.path("next").asText()).isNotEmpty();
        JsonNode huge = json.readTree(
                purser.get("/api/v1/dead-letters?reason=license/RAM").body());
        assertThat(huge.path("items")).hasSize(2);

        String open = "{\"filter\":{\"topic\":\"" + OrdersTopic.NAME + "\"}}";
        JsonNode preview =
                json.readTree(purser.post("/api/v1/dead-letters/preview", open).body());
        assertThat(preview.path("items"))
                .hasSize(reasons.size())
                .allSatisfy(item -> assertThat(item.path("result").asText()).isEqualTo("unreadable"));
        JsonNode replay =
                json.readTree(purser.post("/api/v1/dead-letters/replay", open).body());
        assertThat(replay.path("items"))
                .hasSize(reasons.size())
                .allSatisfy(item -> assertThat(item.path("result").asText()).isEqualTo("refused"));

        String html = purser.get("/dead-letters").body();
        assertThat(html)
                .contains(reasons.size() + " inputs", "still unreadable", "/license/ram: must be", "tomb-" + run)
                .doesNotContain("xxxxxxxx");

        long id = huge.at("/items/0/id").asLong();
        JsonNode whole = json.readTree(purser.get("/api/v1/dead-letters/" + id).body());
        assertThat(whole.at("/value/text").asText()).contains("99999999");
        assertThat(whole.at("/letter/attempts").asInt()).isEqualTo(2);
        assertThat(purser.post("/api/v1/dead-letters/" + id + "/drop", "{}").statusCode())
                .isEqualTo(400);
        assertThat(purser.post("/api/v1/dead-letters/" + id + "/drop", "{\"reason\":\"a test\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(purser.get("/api/v1/stats").body()).contains("\"dead_letters\":" + (reasons.size() - 1));
    }

    /** Those of this run, by their key. */
    private Map<String, ConsumerRecord<byte[], byte[]>> deadLetters() {
        Map<String, ConsumerRecord<byte[], byte[]>> letters = new HashMap<>();
        new Topics(parts.brokers()).records("purser.dead-letters.v1", record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (key.endsWith(run)) {
                letters.put(key, record);
            }
        });
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
