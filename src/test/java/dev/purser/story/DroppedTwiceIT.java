package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DroppedTwiceIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString();

    @Test
    void the_same_file_under_another_name_and_the_topic_read_again_buy_nothing_again() {
        String first = "twice-1-" + run;
        String second = "twice-2-" + run;
        String sent = "twice-3-" + run;
        String file = ADropFolder.HEADER + ADropFolder.row(first, customer) + ADropFolder.row(second, customer);
        OrdersTopic topic = parts.orders();
        try (PurserProcess purser = PurserProcess.of(parts, "dropped-twice")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .start()) {
            Map<TopicPartition, OffsetAndMetadata> before = topic.end();
            topic.send(sent, OrdersTopic.order(sent, customer));
            topic.send(sent, "{\"order_id\":\"" + sent + "\"}");
            purser.inbox().drop("first.csv", file);
            purser.awaitState(first, "PROVISIONED");
            purser.awaitState(second, "PROVISIONED");
            purser.awaitState(sent, "PROVISIONED");

            purser.inbox().drop("second.csv", file);
            JsonNode summary = purser.inbox().awaitSummary("second");
            purser.stop();
            topic.rewind(before);
            purser.start();
            topic.awaitReadBy(topic.end());

            assertThat(summary.path("rows").asInt()).isEqualTo(2);
            assertThat(summary.path("accepted").asInt()).isZero();
            assertThat(summary.path("duplicate").asInt()).isEqualTo(2);
            assertThat(purser.inbox().awaitResult("second.results.csv")).contains(",duplicate,");
            for (String orderId : new String[] {first, second, sent}) {
                assertThat(ledger.purchasesOf(orderId)).as(orderId).hasSize(1);
            }
            assertThat(purser.ask("select count(*) from orders")).isEqualTo("3");
            assertThat(purser.ask("select count(*) from dead_letter")).isEqualTo("1");
        }
    }
}
