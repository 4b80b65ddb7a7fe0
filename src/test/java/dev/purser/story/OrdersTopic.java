package dev.purser.story;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Where a partner's shop sends orders as events. */
final class OrdersTopic {

    static final String NAME = "purser.orders.v1";

    private static final String GROUP = "purser";

    private final String brokers;

    OrdersTopic(String brokers) {
        this.brokers = brokers;
    }

    /** A small academic license as bare JSON data. */
    static String order(String orderId, String accountId) {
        return """
                {"order_id":"%1$s","account_id":"%2$s","project_id":null,"campaign":"story","max_cost":null,
                 "license":{"user":"academic","run_limit":1,"ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short",
                            "boost":false,"period":"range","start":"2031-01-01T00:00:00Z",
                            "end":"2031-07-01T00:00:00Z","title":"Calculus 101 for %3$s","description":"seat of %3$s"}}
                """.formatted(orderId, accountId, Canaries.STUDENT);
    }

    void send(@Nullable String key, @Nullable String value) {
        send(List.of(new ProducerRecord<>(NAME, key, value)));
    }

    /** Small academic licenses, see {@link #order}. */
    void sendOrders(Collection<String> orderIds, String accountId) {
        send(orderIds.stream()
                .map(id -> new ProducerRecord<>(NAME, id, order(id, accountId)))
                .toList());
    }

    private void send(List<ProducerRecord<String, String>> records) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", brokers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (Future<?> sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a producer can send. */
    void sendRaw(List<ProducerRecord<byte[], byte[]>> records) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", brokers, "acks", "all", "max.request.size", 4_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Future<?> sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** For each partition the offset that its next record will have. */
    Map<TopicPartition, OffsetAndMetadata> end() {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            admin.describeTopics(List.of(NAME))
                    .allTopicNames()
                    .get()
                    .get(NAME)
                    .partitions()
                    .forEach(partition ->
                            asked.put(new TopicPartition(NAME, partition.partition()), OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Deletes every record so far, also those that nobody has read. */
    void empty() {
        try (Admin admin = admin()) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            end().forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Purser, which must not be running, will read from here again. */
    void rewind(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Awaitility.await("the group is empty")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    try (Admin admin = admin()) {
                        admin.alterConsumerGroupOffsets(GROUP, offsets).all().get();
                        return true;
                    }
                });
    }

    /** Until Purser has committed all that is below these offsets. */
    void awaitReadBy(Map<TopicPartition, OffsetAndMetadata> ends) {
        Awaitility.await("all is read").atMost(Duration.ofSeconds(60)).until(() -> isReadBy(ends));
    }

    boolean isReadBy(Map<TopicPartition, OffsetAndMetadata> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata reached = committed.get(end.getKey());
            return end.getValue().offset() == 0
                    || reached != null && reached.offset() >= end.getValue().offset();
        });
    }

    /** Up to where the broker holds the topic for read. */
    Map<TopicPartition, OffsetAndMetadata> committed() {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(NAME)) {
                            committed.put(partition, offset);
                        }
                    });
            return committed;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers));
    }
}
