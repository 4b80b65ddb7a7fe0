package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One running Purser, and what CoCalc and partners do to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoughtOnceIT {

    private static final String CHECKOUT = "purchases/shopping-cart-checkout";
    private static final String ADD = "shopping/cart/add";

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private PurserProcess purser;

    @BeforeAll
    void start() {
        ledger.throttleOff();
        purser = PurserProcess.of(parts, "bought-once")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
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
    void a_lost_checkout_answer_is_settled_and_never_paid_twice() {
        ledger.breakOnce(CHECKOUT, "reset_after_commit", "{}");

        JsonNode order = buyOne();

        assertBoughtOnce(order);
        assertThat(states(order)).contains("UNKNOWN");
    }

    @Test
    void a_checkout_that_is_carried_out_late_is_waited_for() {
        ledger.breakOnce(CHECKOUT, "late_commit", "{\"delay_millis\":1500}");

        JsonNode order = buyOne();

        assertBoughtOnce(order);
        assertThat(states(order)).contains("UNKNOWN");
    }

    @Test
    void a_checkout_answered_with_a_page_is_asked_about_and_then_paid_once() {
        ledger.breakOnce(CHECKOUT, "html_502", "{}");

        assertBoughtOnce(buyOne());
    }

    @Test
    void an_addition_whose_answer_was_lost_is_found_and_not_added_again() {
        ledger.breakOnce(ADD, "reset_after_commit", "{}");

        assertBoughtOnce(buyOne());
    }

    @Test
    void an_addition_that_the_network_delivers_twice_leaves_one_license() {
        ledger.breakOnce(ADD, "duplicate_delivery", "{}");

        JsonNode order = buyOne();

        assertBoughtOnce(order);
        assertThat(order.path("history").findValuesAsText("why")).anyMatch(why -> why.contains("one too many"));
    }

    @Test
    void an_item_that_somebody_else_ticked_is_not_bought() {
        ledger.breakOnce("shopping/cart/get", "foreign_item", "{}");

        assertBoughtOnce(buyOne());

        assertThat(ledger.call("GET", "ledger", "").path("purchases"))
                .allSatisfy(line -> assertThat(line.path("service").asText().equals("credit")
                                || line.at("/description/item/description/description")
                                        .asText()
                                        .contains("purser:main:"))
                        .isTrue());
    }

    @Test
    void an_account_that_cocalc_does_not_know_rejects_its_order_and_says_so_once() {
        String id = "unknown-" + UUID.randomUUID();
        parts.orders().send(id, OrdersTopic.order(id, UUID.randomUUID().toString()));

        JsonNode order = purser.awaitState(id, "REJECTED");

        assertThat(order.path("code").asText()).isEqualTo("unknown_account");
        assertThat(parts.outcomes().awaitEvents(id, "dev.purser.order.rejected.v1"))
                .extracting(OutcomesTopic.Event::type)
                .containsExactly("dev.purser.order.accepted.v1", "dev.purser.order.rejected.v1");
    }

    @Test
    void a_payment_that_the_network_delivers_twice_pauses_the_account_and_names_both_purchases() {
        ledger.breakOnce(CHECKOUT, "duplicate_delivery", "{}");

        JsonNode order = buyOne();

        String id = order.path("order_id").asText();
        List<JsonNode> purchases = ledger.purchasesOf(id);
        assertThat(purchases).hasSize(2);
        String reason = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> purser.ask("select reason from pause where account = 'main' and resumed_at is null"),
                        Objects::nonNull);
        assertThat(reason).contains("BILLED_TWICE");
        assertThat(purser.order(id).path("history").findValuesAsText("why"))
                .anyMatch(why -> why.startsWith("billed twice: purchase "));
        assertThat(purchases)
                .extracting(line -> line.path("id").asText())
                .contains(purser.order(id).path("purchase_id").asText());
        // Both count against the limits.
        assertThat(purser.ask(
                        "select sum(spent) from reservation join orders o on o.id = order_ref where o.order_id = '" + id
                                + "'"))
                .isEqualTo(purchases
                        .get(0)
                        .path("cost")
                        .decimalValue()
                        .multiply(BigDecimal.valueOf(2))
                        .setScale(2)
                        .toPlainString());

        assertThat(purser.post("/api/v1/accounts/main/resume", "").statusCode()).isEqualTo(200);
        JsonNode next = buyOne();
        assertBoughtOnce(next);
        assertThat(next.path("billed_cost").asText())
                .isEqualTo(next.path("cost").asText());
    }

    /** Long, because each attempt is waited for: an item of it could still appear. */
    @Test
    @Tag("chaos")
    void an_order_that_the_cart_refuses_twice_in_unknown_words_waits_for_a_person_and_stops_no_other() {
        String text = "{\"text\":\"the cart is allergic to this item\"}";
        ledger.breakOnce(ADD, "error_text", text);
        ledger.breakOnce(ADD, "error_text", text);
        String id = "refused-" + UUID.randomUUID();
        parts.orders().send(id, OrdersTopic.order(id, ledger.newCustomer()));

        JsonNode held = purser.awaitState(id, "HELD");

        assertThat(held.path("code").asText()).isEqualTo("add_refused");
        assertThat(held.path("message").asText()).contains("allergic");
        assertBoughtOnce(buyOne());
        assertThat(purser.post("/api/v1/orders/" + id + "/retry", "").statusCode())
                .isEqualTo(200);
        assertBoughtOnce(purser.awaitState(id, "PROVISIONED"));
    }

    private JsonNode buyOne() {
        String id = "once-" + UUID.randomUUID();
        parts.orders().send(id, OrdersTopic.order(id, ledger.newCustomer()));
        return purser.awaitState(id, "PROVISIONED");
    }

    private void assertBoughtOnce(JsonNode order) {
        assertThat(ledger.purchasesOf(order.path("order_id").asText()))
                .singleElement()
                .satisfies(line -> assertThat(line.at("/description/license_id").asText())
                        .isEqualTo(order.path("license_id").asText()));
    }

    private static Stream<String> states(JsonNode order) {
        return order.path("history").findValuesAsText("to").stream();
    }

    static List<String> ids(int count) {
        String run = UUID.randomUUID().toString();
        return IntStream.range(0, count).mapToObj(i -> "order-" + run + "-" + i).toList();
    }
}
