package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * Purser as operators run it: {@code java -jar … serve} with environment variables. It can be stopped, killed and started
 * again on the same database, inbox and port. Its output is in {@code target/story-logs/}.
 */
final class PurserProcess implements AutoCloseable {

    private static final int HALTED = 137;
    private static final Duration TO_START = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path home;
    private final PackagedService service;
    private final int port;

    private PurserProcess(Path home, String story) {
        this.home = home;
        port = FreePort.next();
        service = new PackagedService(home, Path.of("target", "story-logs", story + ".log"));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    }

    private void wire(String database, String brokers, String cocalc) {
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database);
        environment.put("QUARKUS_DATASOURCE_USERNAME", "purser");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "purser");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", brokers);
        environment.put("PURSER_COCALC_URL", cocalc);
        environment.put("PURSER_COCALC_LONGEST_REQUEST", "PT2S");
        environment.put("PURSER_COCALC_TIMEOUT", "PT3S");
        environment.put("PURSER_DROP_URI", "file:" + home.resolve("inbox"));
        environment.put("PURSER_BUDGET_PER_DAY", "10000");
        environment.put("QUARKUS_LOG_CATEGORY__DEV_PURSER__LEVEL", "DEBUG");
    }

    /** Not yet started. @param story names its log, so one word for each story */
    static PurserProcess of(Parts parts, String story) {
        return of(story, parts.newDatabase(), parts.brokers(), parts.cocalcUrl());
    }

    static PurserProcess of(String story, String database, String brokers, String cocalc) {
        Path home =
                Path.of("target", "stories", story + "-" + UUID.randomUUID()).toAbsolutePath();
        PurserProcess purser = new PurserProcess(home, story);
        purser.wire(database, brokers, cocalc);
        return purser;
    }

    /** Another instance with the same settings: one database, one drop folder. Not yet started. @param story names its log */
    PurserProcess sibling(String story) {
        PurserProcess sibling = new PurserProcess(home, story);
        environment.forEach(sibling.environment::putIfAbsent);
        return sibling;
    }

    /** Another setting, or another value for one that is there. */
    PurserProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    PurserProcess without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Starts it, or starts it again, and waits until it is ready. */
    PurserProcess start() {
        try {
            return launch().awaitReady();
        } catch (RuntimeException | Error notReady) {
            // Nobody holds it yet, so nobody else would end it.
            service.signal("-KILL");
            throw notReady;
        }
    }

    PurserProcess launch() {
        service.launch(environment);
        return this;
    }

    PurserProcess awaitReady() {
        Awaitility.await("Purser is ready, see " + service)
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(200))
                .failFast("Purser ended, see " + service, () -> !isAlive())
                .ignoreException(UncheckedIOException.class)
                .until(() -> get("/q/health/ready").statusCode() == 200);
        return this;
    }

    /** For one that is to refuse to start; answers its exit code. */
    int runToItsEnd() {
        return launch().awaitExit();
    }

    /** All that this story has printed so far. */
    String log() {
        return service.log();
    }

    /** SIGTERM, as an orchestrator does; waits until it is gone. */
    void stop() {
        keepMetrics();
        service.signal("-TERM");
        service.awaitExit();
    }

    private void keepMetrics() {
        service.keep("metrics", get("/q/metrics").body());
    }

    /** {@code kill -9}: nothing can be written down any more. */
    void kill() {
        service.signal("-KILL");
        service.awaitExit();
    }

    /** Asked to stop, and not waited for. */
    void terminate() {
        service.signal("-TERM");
    }

    /** It stands still, with all it has in its hands. */
    void freeze() {
        service.signal("-STOP");
    }

    void thaw() {
        service.signal("-CONT");
    }

    long pid() {
        return service.pid();
    }

    boolean isAlive() {
        return service.isAlive();
    }

    int awaitExit() {
        return service.awaitExit();
    }

    /** It ends itself, at a failpoint. */
    void awaitHalt() {
        assertThat(awaitExit()).as("exit code, see %s", service).isEqualTo(HALTED);
    }

    /** The same program with the same settings, told to do something else. */
    TypedVerb type(String... line) {
        return TypedVerb.run(environment, home, line);
    }

    ADropFolder inbox() {
        return new ADropFolder(home.resolve("inbox"));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", body);
    }

    /** @param headers names and values in turn */
    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The order as the API tells it; a missing node while it is not known. */
    JsonNode order(String orderId) {
        HttpResponse<String> response = get("/api/v1/orders/" + orderId);
        try {
            return response.statusCode() == 200 ? json.readTree(response.body()) : json.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode awaitState(String orderId, String state) {
        return Awaitility.await(orderId + " is " + state + ", see " + service)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> order(orderId),
                        order -> order.path("state").asText().equals(state));
    }

    /** One value straight from the database, as text. */
    String ask(String query) {
        try (Connection connection = DriverManager.getConnection(
                        environment.get("QUARKUS_DATASOURCE_JDBC_URL"),
                        environment.get("QUARKUS_DATASOURCE_USERNAME"),
                        environment.get("QUARKUS_DATASOURCE_PASSWORD"));
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            stop();
        }
    }
}
