package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a purchasing account whose key changes, counts no more, or never should have been given. */
class KeysIT {

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();

    @TempDir
    Path dir;

    private PurserProcess purser;

    @AfterEach
    void stop() {
        ledger.heal();
        if (purser != null) {
            purser.close();
        }
    }

    @Test
    void a_revoked_key_stops_its_account_and_a_new_one_of_the_same_account_lets_it_go_on_but_no_other_account_buys()
            throws IOException {
        ledger.throttleOff();
        String account = UUID.randomUUID().toString();
        Path file = Files.writeString(dir.resolve("key"), ledger.newKeyOf(account));
        purser = PurserProcess.of(parts, "keys")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString())
                .with("PURSER_THROTTLE", "off")
                .start();
        String first = order();
        purser.awaitState(first, "PROVISIONED");

        ledger.call("POST", "faults", "{\"kind\":\"revoke_key\",\"params\":{\"account\":\"" + account + "\"}}");
        String second = order();
        awaitReason("does not accept the key of main, or its database is down");
        int asked = ledger.callsOf("user-query");
        Awaitility.await("the key is asked about again and again")
                .atMost(Duration.ofSeconds(15))
                .until(() -> ledger.callsOf("user-query") > asked + 2);

        assertThat(main().path("paused").asBoolean()).isFalse();
        assertThat(purser.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(purser.order(second).path("state").asText()).isEqualTo("RESOLVED");

        Files.writeString(file, ledger.newBuyer());
        awaitReason("holds the key of CoCalc account");

        assertThat(main().path("paused").asBoolean()).isTrue();
        assertThat(main().path("pause_reason").asText())
                .contains("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", "but main is CoCalc account " + account)
                .doesNotContain("sk-");

        Files.writeString(file, ledger.newKeyOf(account));
        Awaitility.await("the key counts again").atMost(Duration.ofSeconds(10)).until(() -> purser.log()
                .contains("the key of purchasing account main counts"));
        assertThat(purser.order(second).path("state").asText()).isEqualTo("RESOLVED");
        assertThat(purser.post("/api/v1/accounts/main/resume", "").statusCode()).isEqualTo(200);

        JsonNode bought = purser.awaitState(second, "PROVISIONED");
        assertThat(bought.path("purchasing_account").asText()).isEqualTo("main");
        assertThat(ledger.purchasesOf(second))
                .singleElement()
                .satisfies(line -> assertThat(line.path("account_id").asText()).isEqualTo(account));
        assertThat(purser.log().split("does not accept the key of main", -1)).hasSize(2);
    }

    @Test
    void keys_of_a_project_and_without_partner_rights_stop_the_start_and_name_their_variables() {
        String project = ledger.newKey();
        ledger.call("POST", "projects", "{\"title\":\"algebra\",\"key\":\"" + project + "\"}");
        String plain = ledger.newKey();
        ledger.call("POST", "accounts", "{\"name\":\"plain\",\"key\":\"" + plain + "\",\"balance\":100}");
        purser = PurserProcess.of(parts, "bad-keys")
                .with("PURSER_ACCOUNTS_PROJECT_API_KEY", project)
                .with("PURSER_ACCOUNTS_PLAIN_API_KEY", plain);

        assertThat(purser.runToItsEnd()).isEqualTo(78);

        assertThat(purser.log())
                .contains("PURSER_ACCOUNTS_PROJECT_API_KEY holds a key that belongs to no account")
                .contains("PURSER_ACCOUNTS_PLAIN_API_KEY holds the key of CoCalc account")
                .contains("which has no partner rights; give it an account key of a partner account")
                .doesNotContain(project)
                .doesNotContain(plain);
    }

    private String order() {
        String id = "keys-" + UUID.randomUUID();
        parts.orders().send(id, OrdersTopic.order(id, customer));
        return id;
    }

    private void awaitReason(String reason) {
        Awaitility.await(reason)
                .atMost(Duration.ofSeconds(15))
                .until(() -> main().path("pause_reason").asText().contains(reason));
    }

    private JsonNode main() {
        try {
            return json.readTree(purser.get("/api/v1/accounts").body())
                    .path("items")
                    .path(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
