package dev.purser.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** The sandbox's control calls: who has an account there, what was sold, what is to go wrong. */
final class SandboxLedger {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String control;

    SandboxLedger(int port) {
        control = "http://127.0.0.1:" + port + "/_sandbox/";
    }

    /** A purchasing account with 100000 USD; answers its API key. */
    String newBuyer() {
        return newKeyOf(UUID.randomUUID().toString());
    }

    /** A new key in place of the old one; the account, with 100000 USD, is made when it is not there. */
    String newKeyOf(String accountId) {
        String key = newKey();
        call("POST", "accounts", """
                {"name":"buyer-%1$s","account_id":"%1$s","groups":["partner"],"key":"%2$s","balance":100000}
                """.formatted(accountId, key));
        return key;
    }

    /** For an account or a project that a story makes by itself. */
    String newKey() {
        return Canaries.planted("sk-" + UUID.randomUUID());
    }

    /** A customer account with an email address; answers its account_id. */
    String newCustomer() {
        String id = UUID.randomUUID().toString();
        call("POST", "accounts", """
                {"name":"customer-%1$s","account_id":"%1$s","email":"%1$s@university.example"}
                """.formatted(id));
        return id;
    }

    /** The ledger lines that carry the order's token. */
    List<JsonNode> purchasesOf(String orderId) {
        return StreamSupport.stream(call("GET", "ledger", "").path("purchases").spliterator(), false)
                .filter(line -> line.at("/description/item/description/description")
                        .asText()
                        .endsWith("purser:main:" + orderId))
                .toList();
    }

    JsonNode license(String licenseId) {
        return StreamSupport.stream(call("GET", "ledger", "").path("licenses").spliterator(), false)
                .filter(license -> license.path("id").asText().equals(licenseId))
                .findFirst()
                .orElseGet(json::missingNode);
    }

    /** @param params JSON, see the package description of {@code dev.purser.sandbox} */
    void breakOnce(String endpoint, String kind, String params) {
        call("POST", "faults", """
                {"endpoint":"%s","kind":"%s","count":1,"params":%s}
                """.formatted(endpoint, kind, params));
    }

    /** Everybody's calls of this endpoint so far. */
    int callsOf(String endpoint) {
        return call("GET", "ledger", "").at("/calls/total").path(endpoint).asInt();
    }

    /** Until the faults in waiting have struck. */
    void awaitStruck() {
        Awaitility.await("the fault strikes")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> call("GET", "faults", "").isEmpty());
    }

    void heal() {
        call("DELETE", "faults", "");
    }

    void throttleOff() {
        call("POST", "throttle", "{\"off\":true}");
    }

    JsonNode call(String method, String path, String body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(control + path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(method + " " + path + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
