package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people do with money, over HTTP. One small academic license costs a little less than 49 USD here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneyIT {

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private PurserProcess purser;

    @BeforeAll
    void start() {
        ledger.throttleOff();
        purser = PurserProcess.of(parts, "money")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_ACCOUNTS_SECOND_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_BATCH", "2")
                .with("PURSER_BUDGET_PER_CAMPAIGN", "150")
                .with("PURSER_APPROVAL_ABOVE", "50")
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
    void an_order_above_the_amount_is_bought_only_after_somebody_approved_it() {
        String id = "fall/approve-" + UUID.randomUUID();
        send(id, 2);
        JsonNode held = purser.awaitState(id, "HELD");
        assertThat(held.path("code").asText()).isEqualTo("needs_approval");
        assertThat(ledger.purchasesOf(id)).isEmpty();

        assertThat(post("/api/v1/orders/" + id + "/approve").statusCode()).isEqualTo(200);

        JsonNode bought = purser.awaitState(id, "PROVISIONED");
        assertThat(bought.path("cost").asText())
                .isEqualTo(held.path("quoted_cost").asText());
        assertThat(bought.path("history"))
                .anySatisfy(event -> assertThat(event.path("why").asText() + event.path("actor"))
                        .contains("approved at", "http:local"));
        assertThat(purser.ask("select price || ' ' || approved_by from order_approval"))
                .isEqualTo(held.path("quoted_cost").asText() + " http:local");
        HttpResponse<String> again = post("/api/v1/orders/" + id + "/approve");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void several_orders_are_approved_by_one_decision_at_what_the_approver_saw_or_none_of_them() {
        String set = "approve-set-" + UUID.randomUUID();
        List<String> ids = List.of(set + "/1", set + "/2");
        ids.forEach(id -> send(id, 2));
        BigDecimal total = ids.stream()
                .map(id -> purser.awaitState(id, "HELD").path("quoted_cost").asText())
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        HttpResponse<String> other = approve(ids, total.subtract(new BigDecimal("0.01")));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("held at " + total + " USD");
        assertThat(approve(List.of(ids.get(0), set + "/3"), total).statusCode()).isEqualTo(409);
        ids.forEach(id -> assertThat(purser.order(id).path("state").asText()).isEqualTo("HELD"));
        assertThat(purser.post("/api/v1/approvals", "{\"orders\":[]}").statusCode())
                .isEqualTo(400);

        assertThat(approve(ids, total).statusCode()).isEqualTo(200);

        ids.forEach(id -> purser.awaitState(id, "PROVISIONED"));
        assertThat(purser.ask("select orders || ' ' || total || ' ' || approved_by || ' ' || (select count(*) from"
                        + " order_approval where approval_id = approval.id) from approval"))
                .isEqualTo("2 " + total + " http:local 2");
    }

    private HttpResponse<String> approve(List<String> orderIds, BigDecimal total) {
        return purser.post(
                "/api/v1/approvals",
                "{\"orders\":[\"" + String.join("\",\"", orderIds) + "\"],\"total\":\"" + total + "\"}");
    }

    @Test
    void an_order_that_no_cart_holds_is_cancelled_at_once_and_a_retry_is_held_again() {
        String id = "cancel-held-" + UUID.randomUUID();
        send(id, 2);
        purser.awaitState(id, "HELD");

        HttpResponse<String> answer = post("/api/v1/orders/" + id + "/cancel");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer).path("state").asText()).isEqualTo("CANCELLED");
        assertThat(post("/api/v1/orders/" + id + "/cancel").statusCode()).isEqualTo(409);

        assertThat(read(post("/api/v1/orders/" + id + "/retry")).path("attempt").asInt())
                .isEqualTo(2);
        assertThat(purser.awaitState(id, "HELD").path("code").asText()).isEqualTo("needs_approval");
        assertThat(post("/api/v1/orders/" + id + "/retry").statusCode()).isEqualTo(200);
        assertThat(purser.awaitState(id, "HELD").path("code").asText()).isEqualTo("needs_approval");
        assertThat(ledger.purchasesOf(id)).isEmpty();
        assertThat(parts.outcomes().awaitEvents(id, "dev.purser.order.cancelled.v1"))
                .isNotEmpty();
    }

    @Test
    void an_order_in_the_cart_is_cancelled_after_its_item_was_removed() {
        String id = "cancel-cart-" + UUID.randomUUID();
        // Without a quote nothing is paid, so that the order stays in the cart.
        ledger.call("POST", "faults", """
                {"endpoint":"purchases/get-shopping-cart-checkout-params","kind":"http_503","count":1000,"params":{}}""");
        send(id, 1);
        purser.awaitState(id, "IN_CART");

        assertThat(post("/api/v1/orders/" + id + "/cancel").statusCode()).isEqualTo(202);

        JsonNode cancelled = purser.awaitState(id, "CANCELLED");
        JsonNode last = cancelled.path("history").path(cancelled.path("history").size() - 1);
        assertThat(last.path("why").asText()).contains("was removed unbought");
        assertThat(last.path("actor").asText()).isEqualTo("http:local");
        assertThat(ledger.purchasesOf(id)).isEmpty();
    }

    @Test
    void a_quote_says_price_errors_and_holds_and_stores_nothing() {
        String id = "quoted-" + UUID.randomUUID();
        String good = OrdersTopic.order(id, UUID.randomUUID().toString());
        String dear = good.replace(id, id + "-dear").replace("\"run_limit\":1", "\"run_limit\":2");
        String wrong = good.replace("\"run_limit\":1", "\"run_limit\":-1").replace("\"cpu\":1", "\"cpu\":99");

        JsonNode quotes = read(purser.post("/api/v1/quotes", "[" + good + "," + dear + "," + wrong + "]"));

        assertThat(quotes.at("/items/0/price").asText()).matches("[0-9]+\\.[0-9]{2}");
        assertThat(quotes.at("/items/0/held").isNull()).isTrue();
        assertThat(quotes.at("/items/1/held/code").asText()).isEqualTo("needs_approval");
        assertThat(quotes.at("/items/2/errors").findValuesAsText("field"))
                .containsExactly("license.run_limit", "license.cpu");
        assertThat(quotes.at("/totals/valid").asInt()).isEqualTo(2);
        HttpResponse<String> byCsv = purser.post(
                "/api/v1/quotes",
                "text/csv",
                ADropFolder.HEADER + ADropFolder.row(id, UUID.randomUUID().toString()));
        assertThat(read(byCsv).at("/totals/valid").asInt()).isEqualTo(1);
        assertThat(purser.post("/api/v1/quotes", "{").statusCode()).isEqualTo(400);
        assertThat(purser.order(id).isMissingNode()).isTrue();
    }

    @Test
    void
            two_accounts_never_overspend_a_campaign_and_a_raised_limit_frees_the_rest_when_a_pause_over_a_restart_has_ended() {
        String campaign = "last-dollars-" + UUID.randomUUID();
        sendEight(campaign);
        awaitStates(campaign, "HELD 5, PROVISIONED 3");
        assertThat(purser.ask("select string_agg(distinct code, ',') from orders where campaign = '" + campaign + "'"))
                .isEqualTo("over_campaign_budget");
        assertThat(purser.ask("select sum(spent) <= 150 from reservation where released_at is null and campaign = '"
                        + campaign + "'"))
                .isEqualTo("t");
        assertThat(read(post("/api/v1/pause?reason=month%20end")).path("by").asText())
                .isEqualTo("http:local");
        assertThat(post("/api/v1/accounts/main/pause").statusCode()).isEqualTo(200);
        assertThat(post("/api/v1/accounts/second/pause").statusCode()).isEqualTo(200);
        assertThat(post("/api/v1/accounts/nobody/pause").statusCode()).isEqualTo(404);

        purser.stop();
        purser.with("PURSER_BUDGET_PER_CAMPAIGN", "400").start();
        String id = "paused-" + UUID.randomUUID();
        send(id, 1);
        purser.awaitState(id, "RESOLVED");

        assertThat(read(post("/api/v1/resume")).path("paused").asBoolean()).isFalse();
        assertThat(account().path("paused").asBoolean()).isTrue();
        awaitStates(campaign, "HELD 5, PROVISIONED 3");
        assertThat(read(post("/api/v1/accounts/main/resume")).path("paused").asBoolean())
                .isFalse();
        assertThat(post("/api/v1/accounts/second/resume").statusCode()).isEqualTo(200);

        purser.awaitState(id, "PROVISIONED");
        awaitStates(campaign, "PROVISIONED 8");
        assertThat(purser.ask(
                        "select count(*) from pause where paused_by = 'http:local' and resumed_by = 'http:local'"))
                .isEqualTo("3");
    }

    private void sendEight(String campaign) {
        String customer = ledger.newCustomer();
        BoughtOnceIT.ids(8).forEach(id -> parts.orders()
                .send(id, OrdersTopic.order(id, customer).replace("\"story\"", "\"" + campaign + "\"")));
    }

    private void awaitStates(String campaign, String states) {
        Awaitility.await(states)
                .atMost(Duration.ofSeconds(30))
                .until(() -> purser.ask("""
                        select string_agg(state || ' ' || n, ', ' order by state)
                          from (select state, count(*) as n from orders where campaign = '%s' group by state) states""".formatted(campaign)), states::equals);
    }

    private JsonNode account() {
        return read(purser.get("/api/v1/accounts")).path("items").path(0);
    }

    private void send(String id, int runLimit) {
        parts.orders()
                .send(
                        id,
                        OrdersTopic.order(id, ledger.newCustomer())
                                .replace("\"story\"", "\"" + id + "\"")
                                .replace("\"run_limit\":1", "\"run_limit\":" + runLimit));
    }

    private HttpResponse<String> post(String path) {
        return purser.post(path, "");
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
