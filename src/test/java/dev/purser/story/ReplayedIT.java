package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A dead letter that could be read after all. */
class ReplayedIT {

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String orderId = "replayed-" + UUID.randomUUID();

    private PurserProcess purser;
    private long letter;

    private String preview() throws IOException {
        return json.readTree(purser.get("/api/v1/dead-letters/" + letter + "/preview")
                        .body())
                .path("result")
                .asText();
    }

    private int replay() {
        return purser.post("/api/v1/dead-letters/" + letter + "/replay", "").statusCode();
    }

    @Test
    void it_is_blocked_would_buy_and_is_bought_and_replaying_it_ever_so_often_buys_nothing_twice() throws IOException {
        String subscription = OrdersTopic.order(orderId, customer)
                .replace("\"period\":\"range\"", "\"period\":\"monthly\"")
                .replaceAll("\"start\":\"[^\"]*\",\\s*\"end\":\"[^\"]*\",", "");
        purser = PurserProcess.of(parts, "replayed")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_SUBSCRIPTIONS", "false")
                .start();
        try {
            parts.orders().send(orderId, subscription);
            JsonNode letters = Awaitility.await("the dead letter")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> json.readTree(purser.get("/api/v1/dead-letters?reason=switched+off")
                                            .body())
                                    .path("items"),
                            items -> items.size() == 1);
            letter = letters.get(0).path("id").asLong();
            assertThat(preview()).isEqualTo("unreadable");
            assertThat(replay()).isEqualTo(409);
            purser.stop();
            purser.with("PURSER_SUBSCRIPTIONS", "true").start();

            assertThat(preview()).isEqualTo("would_buy");
            assertThat(replay()).isEqualTo(200);
            assertThat(preview()).isIn("already_open", "already_bought");
            purser.awaitState(orderId, "PROVISIONED");
            assertThat(preview()).isEqualTo("already_bought");
            for (int i = 0; i < 5; i++) {
                assertThat(replay()).isEqualTo(200);
            }
            assertThat(purser.post("/api/v1/dead-letters/" + letter + "/drop", "{\"reason\":\"done\"}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(purser.ask("select state || attempts from dead_letter where id = " + letter))
                    .isEqualTo("REPLAYED2");
            assertThat(ledger.purchasesOf(orderId)).hasSize(1);
            assertThat(purser.order(orderId).path("attempt").asInt()).isEqualTo(1);
        } finally {
            purser.close();
        }
    }
}
