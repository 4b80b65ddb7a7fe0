package dev.purser.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    @TempDir
    Path directory;

    @Test
    void a_record_survives_a_stop_and_the_topics_of_the_contract_are_there() throws Exception {
        Path logs = directory.resolve("kafka");
        int port;
        try (KafkaBroker first = KafkaBroker.start(logs, 0)) {
            port = first.port();
            assertThat(topics(first))
                    .contains(
                            "purser.orders.v1",
                            "purser.outcomes.v1",
                            "purser.commands.v1",
                            "purser.results.v1",
                            "purser.reconciliation.v1",
                            "purser.dead-letters.v1");
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of("bootstrap.servers", first.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>("purser.orders.v1", 0, "key", "kept"))
                        .get();
            }
        }

        try (KafkaBroker second = KafkaBroker.start(logs, port)) {
            assertThat(second.bootstrapServers()).isEqualTo("localhost:" + port);
            assertThat(read(second)).containsExactly("kept");
        }
    }

    private static List<String> topics(KafkaBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return List.copyOf(admin.listTopics().names().get());
        }
    }

    private static List<String> read(KafkaBroker broker) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition("purser.orders.v1", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.poll(Duration.ofMillis(500)), records -> !records.isEmpty())
                    .records(partition)
                    .stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }
}
