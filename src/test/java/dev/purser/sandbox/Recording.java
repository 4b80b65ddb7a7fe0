package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One recorded exchange with the real implementation. */
record Recording(
        String name,
        String method,
        String path,
        Map<String, String> headers,
        String body,
        JsonNode response,
        String note) {

    static List<Recording> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Recording.class.getResourceAsStream("/partner-api/transcripts.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> read(Objects.requireNonNull(Json.parse(line))))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Recording read(JsonNode line) {
        JsonNode request = line.path("request");
        Map<String, String> headers = new LinkedHashMap<>();
        request.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Recording(
                line.path("name").asText(),
                request.path("method").asText(),
                request.path("path").asText(),
                headers,
                request.path("body").asText(""),
                line.path("response"),
                line.path("note").asText());
    }

    int status() {
        return response.path("status").asInt();
    }

    String header(String name) {
        return response.path("headers").path(name).asText("");
    }

    String answer() {
        return response.path("body").asText();
    }

    /** The cart item that a recording of the limits was made with, as far as it says so. */
    JsonNode describedItem() {
        int at = note.indexOf("cart item description was: ");
        JsonNode noted = at < 0 ? null : Json.parse(note.substring(at + "cart item description was: ".length()));
        JsonNode answered = Json.parse(answer());
        return noted != null || answered == null
                ? noted == null ? Json.object().missingNode() : noted
                : answered.path("cart").path(0).path("description");
    }
}
