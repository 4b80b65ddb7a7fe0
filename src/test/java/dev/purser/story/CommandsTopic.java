package dev.purser.story;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;

/** Where a partner's program sends commands to. */
final class CommandsTopic {

    static final String NAME = "purser.commands.v1";

    private final String brokers;

    CommandsTopic(String brokers) {
        this.brokers = brokers;
    }

    /** A CloudEvent in binary mode. */
    void send(String id, String verb, String data) {
        send(
                data,
                List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_id", id),
                        header("ce_type", "dev.purser.command." + verb + ".v1"),
                        header("ce_source", "/story"),
                        header("content-type", "application/json")));
    }

    /** Bare JSON, or whatever else. */
    void send(String value) {
        send(value, List.of());
    }

    private void send(String value, List<Header> headers) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", brokers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(NAME, null, null, null, value, headers))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
