package dev.purser.story;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** What Purser told the world, read from the beginning. */
final class OutcomesTopic {

    static final String NAME = "purser.outcomes.v1";

    private final String brokers;
    private final String topic;

    OutcomesTopic(String brokers) {
        this(brokers, NAME);
    }

    /** The same for another topic of ours; its key in place of the order. */
    OutcomesTopic(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    /** @param type for example {@code dev.purser.order.provisioned.v1} */
    record Event(String id, String type, String data) {

        private static Event of(ConsumerRecord<String, String> event) {
            return new Event(header(event, "ce_id"), header(event, "ce_type"), event.value());
        }

        private static String header(ConsumerRecord<String, String> event, String name) {
            Header header = event.headers().lastHeader(name);
            return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }
    }

    List<Event> awaitEvents(String orderId, String lastType) {
        return Awaitility.await(lastType + " of " + orderId)
                .atMost(Duration.ofSeconds(30))
                .until(() -> events(orderId), events -> events.stream()
                        .anyMatch(event -> event.type().equals(lastType)));
    }

    /** All that was published about the order so far, oldest first. */
    List<Event> events(String orderId) {
        List<Event> events = new ArrayList<>();
        readAll(read -> {
            if (orderId.equals(read.key())) {
                events.add(Event.of(read));
            }
        });
        return events;
    }

    /** By order, the ids of all that was published; the same announcement sent again counts once. */
    Map<String, Set<String>> eventIds() {
        Map<String, Set<String>> ids = new HashMap<>();
        readAll(read -> ids.computeIfAbsent(read.key(), key -> new HashSet<>())
                .add(Event.of(read).id()));
        return ids;
    }

    private void readAll(Consumer<ConsumerRecord<String, String>> reader) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", brokers),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }
}
