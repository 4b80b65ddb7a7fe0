package dev.purser.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.deadletter.TopicRecord;
import dev.purser.kernel.event.Contracts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandEventsTest {

    private static final Instant SENT = Instant.parse("2026-11-24T12:00:00Z");
    private static final Contracts CONTRACTS = new Contracts();

    private static TopicRecord record(String value, String... headers) {
        RecordHeaders all = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new TopicRecord(CommandsTopic.NAME, 2, 17, SENT, null, bytes, all);
    }

    private static String read(TopicRecord record) {
        return CommandsTopic.read(
                record, record.timestamp(), request -> request + " " + request.data(), reason -> reason);
    }

    private static TopicRecord binary(String type, String data) {
        return record(
                data,
                "ce_specversion",
                "1.0",
                "ce_id",
                "c-1",
                "ce_type",
                type,
                "ce_source",
                "/shop",
                "content-type",
                "application/json");
    }

    @Test
    void events_and_bare_json_say_the_same() {
        String expected = "licenses.list c-1 from kafka:purser.commands.v1/2@17 {\"limit\":5}";

        assertThat(read(binary("dev.purser.command.licenses.list.v1", "{\"limit\":5}")))
                .isEqualTo(expected);
        assertThat(read(record("""
                {"specversion":"1.0","id":"c-1","type":"dev.purser.command.licenses.list.v1","source":"/shop",
                 "datacontenttype":"application/json","data":{"limit":5}}""", "content-type", "application/cloudevents+json")))
                .isEqualTo(expected);
        assertThat(read(record("{\"id\":\"c-1\",\"verb\":\"licenses.list\",\"data\":{\"limit\":5}}")))
                .isEqualTo(expected);
        assertThat(read(record("{\"id\":\"c-1\",\"verb\":\"licenses.list\"}"))).endsWith(" {}");
    }

    @Test
    void what_is_no_command_is_refused_with_the_place() {
        assertThat(read(binary("dev.purser.order.submitted.v1", "{}")))
                .isEqualTo("type: is not read on this topic; it must be dev.purser.command.<verb>.v1");
        assertThat(read(binary("dev.purser.command.licenses.list.v2", "{}"))).startsWith("type: is not read");
        assertThat(read(binary("dev.purser.command..v1", "{}"))).startsWith(" c-1 from");
        assertThat(read(binary("dev.purser.command.v1", "{}"))).startsWith(" c-1 from");
        assertThat(read(record(null))).startsWith("value: is null");
        assertThat(read(record("{\"id\":"))).startsWith("value: is no JSON");
    }

    /** What the documents promise is what is taken. */
    @ParameterizedTest
    @EnumSource
    void the_examples_of_every_schema_are_read(Verb verb) {
        String type = "dev.purser.command." + verb.word() + ".v1";
        assertThat(CONTRACTS.knows(type)).isTrue();
        JsonNode schema =
                Content.json(new String(CONTRACTS.file(type + ".json").orElseThrow(), StandardCharsets.UTF_8));
        assertThat(schema.path("examples")).isNotEmpty();
        for (JsonNode example : schema.path("examples")) {
            Form form = new Form(example);
            form.ttl();
            form.purchasingAccount();

            assertThat(verb.read(form)).as(example.toString()).isNotNull();
            assertThat(form.flaws()).isEmpty();
        }
    }
}
