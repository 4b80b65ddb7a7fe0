package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What a test says to the sandbox over HTTP. */
final class SandboxClient {
    static final String KEY = "sk-test";
    static final String MONTHLY = """
            {"type":"quota","user":"business","ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short","boost":false,\
            "run_limit":1,"period":"monthly","title":"a title"}""";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;

    SandboxClient(Sandbox sandbox) {
        base = "http://127.0.0.1:" + sandbox.port();
    }

    /** A partner account with this balance, which {@link #call} speaks for; the throttle is off. */
    JsonNode partner(double balance) {
        control("POST", "throttle", "{\"off\":true}");
        return control(
                "POST",
                "accounts",
                "{\"name\":\"main\",\"groups\":[\"partner\"],\"key\":\"%s\",\"balance\":%s}".formatted(KEY, balance));
    }

    JsonNode control(String method, String call, String body) {
        HttpResponse<String> answer = send(method, "/_sandbox/" + call, Map.of(), body);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(call + ": " + answer.body());
        }
        return json(answer.body());
    }

    JsonNode ledger() {
        return control("GET", "ledger", "");
    }

    void fault(String endpoint, String kind, String rest) {
        control("POST", "faults", "{\"endpoint\":\"%s\",\"kind\":\"%s\"%s}".formatted(endpoint, kind, rest));
    }

    JsonNode call(String endpoint, String body) {
        return callAs(KEY, endpoint, body);
    }

    JsonNode callAs(String key, String endpoint, String body) {
        return json(respond(key, endpoint, body).body());
    }

    HttpResponse<String> respond(String key, String endpoint, String body) {
        return send(
                "POST",
                "/api/v2/" + endpoint,
                Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json"),
                body);
    }

    CompletableFuture<JsonNode> callLater(String endpoint, String body) {
        return http.sendAsync(
                        request(
                                "POST",
                                "/api/v2/" + endpoint,
                                Map.of("Authorization", "Bearer " + KEY, "Content-Type", "application/json"),
                                body),
                        BodyHandlers.ofString())
                .thenApply(answer -> json(answer.body()));
    }

    void add(String description) {
        call("shopping/cart/add", "{\"product\":\"site-license\",\"description\":" + description + "}");
    }

    JsonNode checkout() {
        return call("purchases/shopping-cart-checkout", "{}");
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        try {
            return http.send(request(method, path, headers, body), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private HttpRequest request(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    private static JsonNode json(String text) {
        return Objects.requireNonNull(Json.parse(text), text);
    }
}
