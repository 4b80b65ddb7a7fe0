package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    private static final Map<String, String> SIGNED_IN = Map.of("Authorization", "Bearer " + SandboxClient.KEY);

    @TempDir
    Path folder;

    @Test
    void what_was_answered_is_in_the_file_before_the_answer() throws IOException {
        Path file = folder.resolve("sandbox.jsonl");
        Path asAfterAKill = folder.resolve("copy.jsonl");
        JsonNode before;
        try (Sandbox sandbox = Sandbox.start(0, Clock.systemUTC(), file)) {
            SandboxClient client = new SandboxClient(sandbox);
            client.partner(1000);
            client.add(SandboxClient.MONTHLY);
            client.add(SandboxClient.MONTHLY);
            client.checkout();
            client.add(SandboxClient.MONTHLY);
            client.call("shopping/cart/delete", "{\"id\":3}");
            Files.copy(file, asAfterAKill);
            Files.writeString(asAfterAKill, "[[\"items\",{\"id\":9,", StandardOpenOption.APPEND);
            before = client.ledger();
        }
        try (Sandbox sandbox = Sandbox.start(0, Clock.systemUTC(), asAfterAKill)) {
            SandboxClient client = new SandboxClient(sandbox);
            JsonNode after = client.ledger();
            for (String table : new String[] {"accounts", "cart_items", "purchases", "licenses", "subscriptions"}) {
                assertThat(after.path(table)).as(table).isNotEmpty().isEqualTo(before.path(table));
            }
            client.add(SandboxClient.MONTHLY);
            assertThat(client.call("shopping/cart/get", "{}").findValuesAsText("id"))
                    .containsExactly("4");
        }
    }

    @Test
    void a_reset_empties_the_file_too() {
        Path file = folder.resolve("sandbox.jsonl");
        try (Sandbox sandbox = Sandbox.start(0, Clock.systemUTC(), file)) {
            SandboxClient client = new SandboxClient(sandbox);
            client.partner(1000);
            client.control("POST", "reset", "");
            assertThat(client.ledger().path("accounts")).isEmpty();
        }
        try (Sandbox sandbox = Sandbox.start(0, Clock.systemUTC(), file)) {
            assertThat(new SandboxClient(sandbox).ledger().path("purchases")).isEmpty();
        }
    }

    @Test
    void an_account_registered_again_keeps_its_key_and_balance() {
        try (Sandbox sandbox = Sandbox.start(0, Clock.systemUTC())) {
            SandboxClient client = new SandboxClient(sandbox);
            JsonNode first = client.control("POST", "accounts", "{\"name\":\"main\",\"balance\":50}");
            JsonNode again = client.control("POST", "accounts", "{\"name\":\"main\",\"balance\":50,\"email\":null}");

            assertThat(first.path("key").asText()).matches("sk-[0-9A-Za-z]{22}");
            assertThat(again.path("key")).isEqualTo(first.path("key"));
            assertThat(again.path("balance").asInt()).isEqualTo(50);
            assertThat(again.path("email").isNull()).isTrue();
        }
    }

    @Test
    void any_method_checks_out_and_a_known_entity_tag_hides_the_answer() {
        try (Sandbox sandbox = Sandbox.start(0, Clock.systemUTC())) {
            SandboxClient client = new SandboxClient(sandbox);
            client.partner(1000);
            client.add(SandboxClient.MONTHLY);
            String path = "/api/v2/purchases/shopping-cart-checkout";

            HttpResponse<String> answer = client.send("GET", path, SIGNED_IN, "");
            client.add(SandboxClient.MONTHLY);
            HttpResponse<String> known = client.send(
                    "PUT",
                    path,
                    Map.of(
                            "Authorization",
                            "Bearer " + SandboxClient.KEY,
                            "If-None-Match",
                            answer.headers().firstValue("etag").orElseThrow()),
                    "");

            assertThat(answer.body()).isEqualTo("{\"success\":true}");
            assertThat(answer.headers().firstValue("keep-alive")).contains("timeout=5");
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(known.body()).isEmpty();
            assertThat(client.ledger().path("licenses")).hasSize(2);
            assertThat(client.control("GET", "ledger?only=licenses", "")).hasSize(1);
            assertThat(client.ledger()
                            .path("calls")
                            .path("total")
                            .path("purchases/shopping-cart-checkout")
                            .asInt())
                    .isEqualTo(2);
        }
    }
}
