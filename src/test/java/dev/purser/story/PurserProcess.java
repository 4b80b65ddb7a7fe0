package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Purser as operators run it: {@code java -jar … serve} with environment variables. It can be stopped, killed and started
 * again on the same database, inbox and port. Its output is in {@code target/story-logs/}.
 */
final class PurserProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration TO_START = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path home;
    private final Path log;
    private final int loggedBefore;
    private final int port;
    private Process process;

    private PurserProcess(Parts parts, String story) {
        port = freePort();
        home = Path.of("target", "stories", story + "-" + UUID.randomUUID()).toAbsolutePath();
        log = Path.of("target", "story-logs", story + ".log");
        loggedBefore = (int) log.toFile().length();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", parts.newDatabase());
        environment.put("QUARKUS_DATASOURCE_USERNAME", parts.databaseUser());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", parts.databasePassword());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", parts.brokers());
        environment.put("PURSER_COCALC_URL", parts.cocalcUrl());
        environment.put("PURSER_COCALC_LONGEST_REQUEST", "PT2S");
        environment.put("PURSER_COCALC_TIMEOUT", "PT3S");
        environment.put("PURSER_DROP_URI", "file:" + home.resolve("inbox"));
        environment.put("PURSER_BUDGET_PER_DAY", "10000");
        environment.put("QUARKUS_LOG_CATEGORY__DEV_PURSER__LEVEL", "DEBUG");
    }

    /** Not yet started. @param story names its log, so one word for each story */
    static PurserProcess of(Parts parts, String story) {
        return new PurserProcess(parts, story);
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
        launch();
        Awaitility.await("Purser is ready, see " + log)
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(200))
                .failFast("Purser ended, see " + log, () -> !process.isAlive())
                .ignoreException(UncheckedIOException.class)
                .until(() -> get("/q/health/ready").statusCode() == 200);
        return this;
    }

    /** For one that is to refuse to start; answers its exit code. */
    int runToItsEnd() {
        launch();
        awaitEnd();
        return process.exitValue();
    }

    private void launch() {
        try {
            Files.createDirectories(home);
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // What the developer's shell sets must not leak into a story.
            builder.environment()
                    .keySet()
                    .removeIf(name ->
                            name.startsWith("PURSER_") || name.startsWith("QUARKUS_") || name.startsWith("KAFKA_"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that this story has printed so far. */
    String log() {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(all, loggedBefore, all.length - loggedBefore, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-jar");
        command.add(JAR.toAbsolutePath().toString());
        command.add("serve");
        return command;
    }

    /** SIGTERM, as an orchestrator does; waits until it is gone. */
    void stop() {
        keepMetrics();
        process.destroy();
        awaitEnd();
    }

    private void keepMetrics() {
        try {
            Files.writeString(
                    log.resolveSibling(log.getFileName() + ".metrics"),
                    get("/q/metrics").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: nothing can be written down any more. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("Purser ends, see %s", log)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
        return Awaitility.await(orderId + " is " + state + ", see " + log)
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            stop();
        }
    }
}
