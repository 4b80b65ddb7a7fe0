package dev.purser.story;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** What Purser answered to commands, read from the beginning. */
final class ResultsTopic {

    static final String NAME = "purser.results.v1";

    private final String brokers;

    ResultsTopic(String brokers) {
        this.brokers = brokers;
    }

    record Result(String id, String type, String correlationId, String key, String data) {
        private static Result of(ConsumerRecord<String, String> event) {
            return new Result(
                    header(event, "ce_id"),
                    header(event, "ce_type"),
                    header(event, "ce_correlationid"),
                    event.key(),
                    event.value());
        }

        private static String header(ConsumerRecord<String, String> event, String name) {
            Header header = event.headers().lastHeader(name);
            return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }
    }

    Result awaitResult(String commandId) {
        return Awaitility.await("the result of " + commandId)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> results(commandId), results -> !results.isEmpty())
                .get(0);
    }

    List<Result> results(String commandId) {
        List<Result> results = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", brokers),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(NAME).stream()
                    .map(partition -> new TopicPartition(NAME, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> {
                    if (commandId.equals(event.key())) {
                        results.add(Result.of(event));
                    }
                });
            }
        }
        return results;
    }
}
