package dev.purser.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A running Purser, asked over its HTTP API. What keeps it from answering is a {@link Failure}. */
final class Instance {

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final Duration TO_UPLOAD = Duration.ofMinutes(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build();
    private final URI address;
    private final Optional<String> token;

    Instance(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    URI address() {
        return address;
    }

    /** Whether a Purser answers there; somebody else's program on that port is none. */
    boolean isThere() {
        try {
            return json.readTree(send(to("/q/health/live").GET(), TO_CONNECT).body())
                    .path("checks")
                    .isArray();
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    JsonNode get(String path) {
        return ask(to(path).GET(), TO_ANSWER);
    }

    JsonNode post(String path, JsonNode body) {
        return post(path, "application/json", BodyPublishers.ofString(body.toString()), TO_ANSWER);
    }

    JsonNode post(String path, String contentType, BodyPublisher body, Duration patience) {
        return ask(to(path).header("Content-Type", contentType).POST(body), patience);
    }

    /** Streamed from the disk, however large, and under its own name. */
    JsonNode upload(String path, OrdersFile file) {
        String name = URLEncoder.encode(String.valueOf(file.path().getFileName()), StandardCharsets.UTF_8);
        try {
            return post(path + "?name=" + name, file.mediaType(), BodyPublishers.ofFile(file.path()), TO_UPLOAD);
        } catch (FileNotFoundException e) {
            throw new Failure(Exit.FAILED, "The file " + file.path() + " is not there any more.");
        }
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("Accept", "application/json");
        token.ifPresent(word -> request.header("Authorization", "Bearer " + word));
        return request;
    }

    private JsonNode ask(HttpRequest.Builder request, Duration patience) {
        HttpResponse<byte[]> response;
        try {
            response = send(request, patience);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new Failure(
                    Exit.FAILED,
                    "No Purser answers at " + address
                            + ". Start one with the verb serve (or demo), or name another with --url.");
        } catch (HttpTimeoutException e) {
            throw new Failure(
                    Exit.FAILED,
                    "Purser at " + address + " gave no answer within " + patience.toSeconds()
                            + " s. Look into its log, or try again.");
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    "The connection to Purser at " + address + " broke ("
                            + e.getClass().getSimpleName() + "). See that it runs, and try again.");
        }
        return read(response);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Duration patience) throws IOException {
        try {
            return http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.FAILED, "Interrupted while waiting for Purser at " + address + ".");
        }
    }

    private JsonNode read(HttpResponse<byte[]> response) {
        JsonNode body = parsed(response.body());
        int status = response.statusCode();
        if (status / 100 == 2 && !body.isMissingNode()) {
            return body;
        }
        if (status == 401) {
            throw new Failure(
                    Exit.CONFIGURATION,
                    token.isPresent()
                            ? "Purser at " + address
                                    + " does not accept the token. Ask its operator for one that counts."
                            : "Purser at " + address
                                    + " asks for a token. Put it into the variable PURSER_API_TOKEN, or name a file that holds it with --token-file.");
        }
        if (!body.path("detail").isTextual()) {
            throw new Failure(
                    Exit.FAILED,
                    "What answers at " + address + " is no Purser, or another version of it (HTTP " + status + " from "
                            + response.uri().getPath() + "). Name the right one with --url.");
        }
        throw new Failure(Exit.FAILED, problem(body));
    }

    private JsonNode parsed(byte[] body) {
        try {
            JsonNode read = json.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("bytes can be read", e);
        }
    }

    /** RFC 9457: the detail, then each wrong part with its place. */
    private static String problem(JsonNode problem) {
        StringBuilder sentence = new StringBuilder(problem.path("detail").asText());
        for (JsonNode part : problem.path("errors")) {
            String place = part.path("pointer")
                    .asText(part.path("parameter").asText(part.path("header").asText()));
            String detail = part.path("detail").asText();
            if (!detail.equals(problem.path("detail").asText())) {
                sentence.append("\n  ")
                        .append(place.isEmpty() ? "" : place + ": ")
                        .append(detail);
            }
        }
        return Terminal.harmlessLines(sentence.toString());
    }
}
