package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Orders of which nobody knows whether they are bought, and what people can do about them. The quiet time is 5 seconds here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnknownIT {

    private static final String CHECKOUT = "purchases/shopping-cart-checkout";

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private PurserProcess purser;

    @BeforeAll
    void start() {
        ledger.throttleOff();
        purser = PurserProcess.of(parts, "unknown")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_UNKNOWN_PARK_AFTER", "PT7S")
                .start();
    }

    @AfterEach
    void heal() {
        ledger.heal();
    }

    @AfterAll
    void stop() {
        purser.close();
    }

    @Test
    void what_stays_unknown_is_parked_with_its_money_reserved_and_neither_retry_nor_cancel_guesses() {
        ledger.breakOnce(CHECKOUT, "reset_before", "{}");
        ledger.call("POST", "faults", """
                {"endpoint":"shopping/cart/recent-purchases","kind":"http_503","count":1000,"params":{}}""");
        String id = order();
        JsonNode parked = Awaitility.await("parked")
                .atMost(Duration.ofSeconds(25))
                .until(
                        () -> purser.order(id),
                        order -> order.path("code").asText().equals("unknown_parked"));
        int checkouts = ledger.callsOf(CHECKOUT);

        assertThat(parked.path("state").asText()).isEqualTo("UNKNOWN");
        assertThat(parked.path("message").asText())
                .contains("nobody knows whether checkout", "money stays reserved", "asked so far:", "HTTP 503");
        assertThat(read("/api/v1/stats").path("unknown").asInt()).isEqualTo(1);
        assertThat(read("/api/v1/stats").path("parked").asInt()).isEqualTo(1);
        assertThat(read("/api/v1/accounts").at("/items/0/budget/day/reserved").asText())
                .isEqualTo(parked.path("quoted_cost").asText());
        assertThat(post(id, "retry")).isEqualTo(200);
        assertThat(post(id, "cancel")).isEqualTo(202);
        Awaitility.await("the metrics tell it")
                .atMost(Duration.ofSeconds(10))
                .until(() -> purser.get("/q/metrics").body().contains("purser_orders_parked 1.0"));
        assertThat(purser.order(id).path("state").asText()).isEqualTo("UNKNOWN");
        assertThat(purser.order(id).path("code").asText()).isEqualTo("unknown_parked");
        assertThat(ledger.callsOf(CHECKOUT)).isEqualTo(checkouts);

        ledger.heal();
        assertThat(post(id, "retry")).isEqualTo(200);

        JsonNode cancelled = purser.awaitState(id, "CANCELLED");
        assertThat(ledger.purchasesOf(id)).isEmpty();
        assertThat(ledger.callsOf(CHECKOUT)).isEqualTo(checkouts);
        assertThat(why(cancelled))
                .containsSubsequence(
                        "the checkout's answer was lost",
                        "after the quiet time of 5 s",
                        "parked: since",
                        "to be asked about at once",
                        "asked to cancel",
                        "was not bought",
                        "cancelled; cart item");
        assertThat(purser.log().split("ERROR .*parked: since", -1)).hasSize(2);
    }

    @Test
    void a_cancelled_order_that_turns_out_to_be_bought_is_bought() {
        ledger.breakOnce(CHECKOUT, "reset_after_commit", "{}");
        String id = order();
        purser.awaitState(id, "UNKNOWN");

        assertThat(post(id, "cancel")).isEqualTo(202);

        JsonNode bought = purser.awaitState(id, "PROVISIONED");
        assertThat(ledger.purchasesOf(id)).hasSize(1);
        // Whether the wish or the disarm comes first is chance.
        assertThat(why(bought))
                .containsSubsequence("asked to cancel", "reads as bought in checkout")
                .containsSubsequence("after the quiet time of 5 s", "reads as bought in checkout");
    }

    private String order() {
        String id = "unknown-" + UUID.randomUUID();
        parts.orders().send(id, OrdersTopic.order(id, ledger.newCustomer()));
        return id;
    }

    private int post(String id, String action) {
        return purser.post("/api/v1/orders/" + id + "/" + action, "").statusCode();
    }

    private static String why(JsonNode order) {
        List<String> reasons = order.path("history").findValuesAsText("why");
        return String.join("\n", reasons);
    }

    private JsonNode read(String path) {
        try {
            return json.readTree(purser.get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
