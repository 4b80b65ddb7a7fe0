package dev.purser.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.embedded.DatabaseForTest;
import dev.purser.embedded.KafkaBroker;
import dev.purser.embedded.PostgresServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * How long a full outbox takes to be told to a real broker, three events for each order. Prints it; {@code mvn -Pbench verify} runs
 * it in 256 MB of heap, in which the broker lives, too.
 */
@QuarkusTest
@QuarkusTestResource(value = OutboxBench.Servers.class, restrictToAnnotatedClass = true)
class OutboxBench {

    private static final int EVENTS = Integer.getInteger("purser.bench-events", 1_000_000);

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Test
    void a_full_outbox_is_told_and_each_order_in_its_order() throws SQLException {
        try (Connection db = DriverManager.getConnection(database, "purser", "purser")) {
            db.setAutoCommit(false);
            db.createStatement().executeUpdate("""
                    insert into outbox (topic, event_id, type, key, occurred_at, data)
                    select 'OUTCOMES', 'bench-' || n / 3 || '/1/' || mod(n, 3), 'dev.purser.order.held.v1', 'bench-' || n / 3, now(),
                           '{"nth": ' || mod(n, 3) || ', "message": "' || repeat('as long as others, ', 25) || '"}'
                      from generate_series(0, %d) as n""".formatted(EVENTS - 1));
            long begun = System.nanoTime();
            db.commit();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isEmpty(db));
            double seconds = (System.nanoTime() - begun) / 1e9;

            System.out.printf(
                    Locale.ROOT, "outbox: %d events, %.1f s, %.0f each second%n", EVENTS, seconds, EVENTS / seconds);
            assertThat(orders()).hasSize((EVENTS + 2) / 3);
        }
    }

    private static boolean isEmpty(Connection db) throws SQLException {
        try (ResultSet row = db.createStatement().executeQuery("select not exists (select 1 from outbox)")) {
            boolean empty = row.next() && row.getBoolean(1);
            db.commit();
            return empty;
        }
    }

    /** The last event of each order; an earlier one after a later one fails. */
    private Map<String, Integer> orders() {
        Map<String, Integer> last = new HashMap<>();
        // Not injected: every test's application would have to have it, too.
        String brokers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", brokers),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("purser.outcomes.v1").stream()
                    .map(partition -> new TopicPartition("purser.outcomes.v1", partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(read -> {
                    int nth = read.value().charAt("{\"nth\": ".length()) - '0';
                    int before = last.getOrDefault(read.key(), -1);
                    assertThat(nth).as(read.key()).isBetween(before, before + 1);
                    last.put(read.key(), nth);
                });
            }
        }
        return last;
    }

    /** A PostgreSQL that writes durably, and a broker. */
    public static final class Servers extends DatabaseForTest {

        private KafkaBroker kafka;

        @Override
        protected PostgresServer database(Path directory) {
            return PostgresServer.persistent(directory, 0);
        }

        @Override
        protected Map<String, String> settings() {
            kafka = KafkaBroker.start(home.resolve("kafka"), 0);
            return Map.of("purser.kafka.enabled", "true", "kafka.bootstrap.servers", kafka.bootstrapServers());
        }

        @Override
        public void stop() {
            kafka.close();
            super.stop();
        }
    }
}
