package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckoutTest {
    private final Sandbox sandbox = Sandbox.start(0, Clock.systemUTC());
    private final SandboxClient client = new SandboxClient(sandbox);

    @BeforeEach
    void credit() {
        client.partner(1000);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void two_checkouts_at_once_buy_everything_twice() {
        client.control("POST", "latency", "{\"checkout_millis\":200}");
        addThree();

        var first = client.callLater("purchases/shopping-cart-checkout", "{}");
        var second = client.callLater("purchases/shopping-cart-checkout", "{}");

        assertThat(first.join().path("success").asBoolean()).isTrue();
        assertThat(second.join().path("success").asBoolean()).isTrue();
        JsonNode ledger = client.ledger();
        assertThat(ledger.path("licenses")).hasSize(6);
        assertThat(ledger.path("purchases")).hasSize(1 + 6);
        assertThat(ledger.path("checkouts_at_once").path("max").asInt()).isEqualTo(2);
        // the item keeps one license only
        assertThat(ledger.path("cart_items")).hasSize(3).allSatisfy(item -> assertThat(
                        item.path("purchased").path("success").asBoolean())
                .isTrue());
    }

    @Test
    void one_checkout_after_the_other_buys_everything_once() {
        addThree();

        client.checkout();
        client.checkout();

        assertThat(client.ledger().path("licenses")).hasSize(3);
        assertThat(client.ledger().path("checkouts_at_once").path("max").asInt())
                .isEqualTo(1);
    }

    @Test
    void two_checkouts_at_once_overdraw_the_account() {
        client.control("POST", "accounts", "{\"name\":\"short\",\"key\":\"sk-short\",\"balance\":15}");
        client.control("POST", "latency", "{\"checkout_millis\":200}");
        client.callAs(
                "sk-short",
                "shopping/cart/add",
                "{\"product\":\"site-license\",\"description\":" + SandboxClient.MONTHLY + "}");
        client.fault("purchases/shopping-cart-checkout", "duplicate_delivery", "");

        client.callAs("sk-short", "purchases/shopping-cart-checkout", "{}");

        assertThat(client.callAs("sk-short", "purchases/get-balance", "{}").decimalValue())
                .isEqualByComparingTo("-9.76");
    }

    @Test
    void a_client_that_hangs_up_after_sending_has_bought() throws IOException {
        for (int trial = 1; trial <= 20; trial++) {
            client.add(SandboxClient.MONTHLY);
            try (Socket socket = new Socket("127.0.0.1", sandbox.port())) {
                socket.getOutputStream()
                        .write(("POST /api/v2/purchases/shopping-cart-checkout HTTP/1.1\r\nHost: x\r\n"
                                        + "Authorization: Bearer " + SandboxClient.KEY
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
            int bought = trial;
            await().untilAsserted(
                            () -> assertThat(client.ledger().path("licenses")).hasSize(bought));
        }
    }

    @Test
    void one_bad_item_rolls_the_whole_checkout_back() {
        client.add(SandboxClient.MONTHLY);
        client.add(SandboxClient.MONTHLY.replace("\"ram\":4", "\"ram\":-1"));

        assertThat(client.checkout().path("error").asText()).isEqualTo("field \"custom_ram\" too small or too big");

        JsonNode ledger = client.ledger();
        assertThat(ledger.path("licenses")).isEmpty();
        assertThat(ledger.path("subscriptions")).isEmpty();
        assertThat(ledger.path("cart_items"))
                .allSatisfy(item -> assertThat(item.path("purchased").isNull()).isTrue());
    }

    @Test
    void a_checkout_buys_what_it_read_even_if_the_item_was_unticked_meanwhile() {
        client.control("POST", "latency", "{\"checkout_millis\":500}");
        client.add(SandboxClient.MONTHLY);
        var checkout = client.callLater("purchases/shopping-cart-checkout", "{}");
        await().until(() ->
                client.ledger().path("checkouts_at_once").path("max").asInt() == 1);

        assertThat(client.call("shopping/cart/checked", "{\"checked\":false}").asInt())
                .isEqualTo(1);

        assertThat(checkout.join().path("success").asBoolean()).isTrue();
        assertThat(client.ledger().path("licenses")).hasSize(1);
    }

    @Test
    void the_rows_of_one_checkout_have_one_time_and_carry_the_item() {
        addThree();
        client.checkout();

        JsonNode rows = client.call("purchases/get-purchases", "{\"service\":\"license\"}")
                .path("purchases");

        assertThat(rows).hasSize(3);
        assertThat(rows.findValuesAsText("time").stream().distinct()).hasSize(1);
        assertThat(rows)
                .extracting(
                        row -> row.path("description").path("item").path("id").asInt())
                .containsExactly(3, 2, 1);
    }

    @Test
    void the_customer_becomes_a_manager_by_user_query_and_then_sees_the_license() {
        JsonNode buyer = client.control("GET", "ledger", "").path("accounts").path(0);
        JsonNode customer = client.control("POST", "accounts", "{\"name\":\"customer\",\"key\":\"sk-customer\"}");
        client.add(SandboxClient.MONTHLY);
        client.checkout();
        String license =
                client.call("licenses/get-managed", "{}").path(0).path("id").asText();

        JsonNode answer = client.call(
                "user-query",
                "{\"query\":{\"manager_site_licenses\":{\"id\":\"%s\",\"managers\":[%s,%s]}}}"
                        .formatted(license, buyer.path("account_id"), customer.path("account_id")));

        assertThat(answer).isEqualTo(Json.parse("{\"query\":{}}"));
        assertThat(client.callAs("sk-customer", "licenses/get-managed", "{}").findValuesAsText("id"))
                .containsExactly(license);
        assertThat(Objects.requireNonNull(
                        client.ledger().path("licenses").path(0).path("managers")))
                .hasSize(2);
    }

    private void addThree() {
        for (int i = 0; i < 3; i++) {
            client.add(SandboxClient.MONTHLY);
        }
    }
}
