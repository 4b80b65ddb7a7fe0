package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing is bought here: it is about what becomes an order. */
@Tag("chaos")
class SentThreeTimesIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final OrdersTopic topic = parts.orders();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString();

    private List<String> ids(String kind, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "thrice-" + kind + "-" + run + "-" + i)
                .toList();
    }

    @Test
    void two_instances_on_one_topic_and_one_folder_make_one_order_of_what_is_sent_three_times() {
        tell(300, 200, PurserProcess::stop, "sent-thrice");
    }

    @Test
    void ten_thousand_orders_sent_three_times_are_ten_thousand_orders_although_the_reader_is_killed() {
        tell(10_000, 10_000, PurserProcess::kill, "sent-thrice-long");
    }

    private interface End {
        void of(PurserProcess purser);
    }

    private void tell(int events, int rows, End end, String story) {
        List<String> byEvent = ids("event", events);
        List<String> byFile = ids("file", rows);
        Map<TopicPartition, OffsetAndMetadata> before = topic.end();
        List<String> thrice = new ArrayList<>();
        IntStream.range(0, 3).forEach(time -> thrice.addAll(byEvent));
        Collections.shuffle(thrice, new Random(1));
        try (PurserProcess first =
                        PurserProcess.of(parts, story).with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer());
                PurserProcess second = first.sibling(story + "-2")) {
            first.launch();
            second.launch();
            first.awaitReady().post("/api/v1/pause", "{\"reason\":\"a story\"}");
            second.awaitReady();
            topic.sendOrders(thrice, customer);
            drop(first.inbox(), byFile);
            awaitOrders(first, events / 4);
            end.of(first);
            drop(second.inbox(), byFile);
            assertOffsetsFollow(second, before);
            first.start();

            awaitRead(second, before, topic.end());
            double seconds =
                    Double.parseDouble(second.ask("select extract(epoch from max(received_at) - min(received_at))"
                            + " from orders where source like 'kafka%'"));
            awaitImports(second, 2L * rows);

            System.out.printf("%s: %d records, from the first order to the last %.0f s%n", story, 3 * events, seconds);
            assertThat(second.ask("select count(*) || ' orders, ' || sum(attempt) || ' attempts' from orders"))
                    .isEqualTo(events + rows + " orders, " + (events + rows) + " attempts");
            assertThat(second.ask("select count(*) from order_event where to_state = 'RECEIVED'"))
                    .isEqualTo(Integer.toString(events + rows));
            assertThat(second.ask("select sum(accepted) || ' ' || sum(duplicate) || ' ' || sum(rejected) from import"))
                    .isEqualTo(rows + " " + rows + " 0");
            assertThat(second.ask("select count(*) from dead_letter")).isEqualTo("0");
        }
    }

    /** The same orders in the same files, under other names. */
    private void drop(ADropFolder inbox, List<String> ids) {
        for (int file = 0; file < 5; file++) {
            StringBuilder text = new StringBuilder(ADropFolder.HEADER);
            for (int i = file; i < ids.size(); i += 5) {
                text.append(ADropFolder.row(ids.get(i), customer));
            }
            inbox.drop("orders-" + UUID.randomUUID() + ".csv", text.toString());
        }
    }

    private static void awaitOrders(PurserProcess purser, int count) {
        Awaitility.await("some are stored")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Integer.parseInt(purser.ask("select count(*) from orders where source like 'kafka%'"))
                        >= count);
    }

    private void awaitRead(
            PurserProcess purser,
            Map<TopicPartition, OffsetAndMetadata> before,
            Map<TopicPartition, OffsetAndMetadata> ends) {
        Awaitility.await("all is read").atMost(Duration.ofMinutes(5)).until(() -> {
            assertOffsetsFollow(purser, before);
            return topic.isReadBy(ends);
        });
    }

    /** What the broker holds for read is in the database: the offsets are asked first, and both only rise. */
    private void assertOffsetsFollow(PurserProcess purser, Map<TopicPartition, OffsetAndMetadata> before) {
        topic.committed().forEach((partition, committed) -> {
            long stored =
                    Long.parseLong(purser.ask("select coalesce(max(next_offset), 0) from kafka_position where topic = '"
                            + partition.topic() + "' and partition = " + partition.partition()));
            long here = before.get(partition).offset();
            assertThat(committed.offset()).as("%s", partition).isLessThanOrEqualTo(Math.max(stored, here));
        });
    }

    private static void awaitImports(PurserProcess purser, long rows) {
        Awaitility.await("all files are read")
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> purser.ask("select coalesce(sum(row_count), 0) from import where state <> 'READING'"),
                        Long.toString(rows)::equals);
    }
}
