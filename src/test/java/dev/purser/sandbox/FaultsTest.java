package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final String CHECKOUT = "purchases/shopping-cart-checkout";
    private static final String PARAMS = "purchases/get-shopping-cart-checkout-params";
    private static final String BRIEFLY = ",\"params\":{\"millis\":50}";

    private final Sandbox sandbox = Sandbox.start(0, Clock.systemUTC());
    private final SandboxClient client = new SandboxClient(sandbox);

    @BeforeEach
    void oneItem() {
        client.partner(1000);
        client.add(SandboxClient.MONTHLY);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"reset_before,0", "reset_after_commit,1", "timeout_before,0", "timeout_after_commit,1"})
    void a_lost_answer_hides_whether_anything_was_bought(String kind, int bought) {
        client.fault(CHECKOUT, kind, BRIEFLY);

        assertThatThrownBy(client::checkout).isInstanceOf(UncheckedIOException.class);

        assertThat(bought()).isEqualTo(bought);
        client.checkout();
        assertThat(bought()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_late_commit_buys_after_the_answer_was_lost(boolean held) {
        client.fault(CHECKOUT, "late_commit", ",\"params\":{\"delay_millis\":300,\"millis\":50,\"hold\":" + held + "}");

        assertThatThrownBy(client::checkout).isInstanceOf(UncheckedIOException.class);
        assertThat(bought()).isZero();

        await().until(() -> bought() == 1);
    }

    @Test
    void an_unticked_cart_makes_a_late_commit_buy_nothing() {
        client.fault(CHECKOUT, "late_commit", ",\"params\":{\"delay_millis\":300}");
        assertThatThrownBy(client::checkout).isInstanceOf(UncheckedIOException.class);

        client.call("shopping/cart/checked", "{\"checked\":false}");

        await().until(() ->
                client.ledger().path("checkouts_at_once").path("max").asInt() == 1);
        client.control("POST", "latency", "{\"millis\":100}");
        client.call("shopping/cart/get", "{}");
        assertThat(bought()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "html_502,502,text/html; charset=utf-8",
        "html_200,200,text/html; charset=utf-8",
        "http_503,503,text/plain",
        "error_text,200,application/json; charset=utf-8"
    })
    void another_answer_is_given_instead(String kind, int status, String type) {
        client.fault(CHECKOUT, kind, "");

        HttpResponse<String> answer = client.respond(SandboxClient.KEY, CHECKOUT, "{}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains(type);
        assertThat(bought()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"truncated_json,'{\"succes'", "empty_body,''"})
    void an_answer_is_spoilt_after_the_commit(String kind, String body) {
        client.fault(CHECKOUT, kind, "");

        HttpResponse<String> answer = client.respond(SandboxClient.KEY, CHECKOUT, "{}");

        assertThat(answer.body()).isEqualTo(body);
        assertThat(bought()).isEqualTo(1);
    }

    @Test
    void a_request_delivered_twice_buys_twice() {
        client.fault(CHECKOUT, "duplicate_delivery", "");

        assertThat(client.checkout().path("success").asBoolean()).isTrue();

        assertThat(bought()).isEqualTo(2);
    }

    @Test
    void a_slow_call_keeps_no_other_waiting() {
        client.fault(CHECKOUT, "slow", ",\"params\":{\"millis\":1500}");
        var slow = client.callLater(CHECKOUT, "{}");

        assertThat(client.call("shopping/cart/get", "{}")).hasSize(1);
        assertThat(slow).isNotDone();

        assertThat(slow.join().path("success").asBoolean()).isTrue();
    }

    @Test
    void a_revoked_key_makes_its_account_anonymous_until_healed() {
        client.fault("shopping/cart/get", "revoke_key", "");

        assertThat(client.call("shopping/cart/get", "{}").path("error").asText())
                .isEqualTo("must be signed in to get shopping cart information");
        assertThat(client.checkout().path("error").asText()).isEqualTo("must be signed in");
        assertThat(client.call("licenses/get-managed", "{}")).isEmpty();

        client.control("DELETE", "faults", "");
        assertThat(client.call("shopping/cart/get", "{}")).hasSize(1);
    }

    @Test
    void prices_of_matching_items_rise_between_quote_and_purchase() {
        client.add(SandboxClient.MONTHLY.replace("a title", "dear"));
        client.fault(CHECKOUT, "price_factor", ",\"params\":{\"factor\":2,\"match\":\"dear\"}");

        assertThat(client.call(PARAMS, "{}").path("total").decimalValue()).isEqualByComparingTo("24.76");
        client.checkout();

        assertThat(client.call("purchases/get-purchases", "{\"service\":\"license\"}")
                        .findValuesAsText("lineItemAmount"))
                .containsExactly("24.76", "12.38");
    }

    @Test
    void somebody_elses_item_slips_in_between_quote_and_checkout() {
        assertThat(client.call(PARAMS, "{}").path("cart")).hasSize(1);
        client.fault(CHECKOUT, "foreign_item", "");

        client.checkout();

        assertThat(bought()).isEqualTo(2);
    }

    @Test
    void a_poisoned_item_fails_the_checkout_until_it_is_taken_out() {
        client.add(SandboxClient.MONTHLY.replace("a title", "poison"));
        client.fault(CHECKOUT, "poison_item", ",\"count\":null,\"params\":{\"match\":\"poison\",\"text\":\"no\"}");

        assertThat(client.checkout().path("error").asText()).isEqualTo("no");
        client.call("shopping/cart/remove", "{\"id\":2}");

        assertThat(client.checkout().path("success").asBoolean()).isTrue();
        assertThat(bought()).isEqualTo(1);
    }

    @Test
    void a_fault_strikes_as_often_as_it_says_and_only_whom_it_is_meant_for() {
        client.control("POST", "accounts", "{\"name\":\"other\",\"key\":\"sk-other\"}");
        client.fault("*", "error_text", ",\"count\":2,\"params\":{\"text\":\"no\",\"account\":\"other\"}");

        assertThat(client.call("purchases/get-balance", "{}").isNumber()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(balanceOfOther().path("error").asText()).isEqualTo("no");
        }
        assertThat(balanceOfOther().isNumber()).isTrue();
    }

    private JsonNode balanceOfOther() {
        return client.callAs("sk-other", "purchases/get-balance", "{}");
    }

    private int bought() {
        return client.ledger().path("licenses").size();
    }
}
