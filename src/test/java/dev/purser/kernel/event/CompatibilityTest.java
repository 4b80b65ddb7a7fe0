package dev.purser.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was released once as v1 stays so: a partner who sends by it is understood, and a partner who reads by it understands. The
 * released schemas lie in {@code src/test/resources/released} and are never edited, only added to.
 */
class CompatibilityTest {

    private static final Path RELEASED = Path.of("src/test/resources/released/schemas");
    private static final Path NOW = Path.of("src/main/resources/contract/schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> released() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** Purser reads commands and submitted orders, and with them licenses; the rest it publishes. */
    private static boolean isRead(String name) {
        return name.startsWith("dev.purser.command.") && !name.matches(".*\\.(succeeded|failed)\\.v1\\.json")
                || name.equals("dev.purser.order.submitted.v1.json")
                || name.equals("license.v1.json");
    }

    @ParameterizedTest
    @MethodSource("released")
    void a_released_schema_breaks_nobody(String name) throws IOException {
        assertThat(breaks(read(RELEASED.resolve(name)), read(NOW.resolve(name)), isRead(name)))
                .isEmpty();
    }

    @Test
    void breaks_are_seen() throws IOException {
        JsonNode order = read(RELEASED.resolve("dev.purser.order.submitted.v1.json"));
        JsonNode license = read(RELEASED.resolve("license.v1.json"));
        JsonNode told = read(RELEASED.resolve("dev.purser.order.provisioned.v1.json"));

        ObjectNode removed = order.deepCopy();
        ((ObjectNode) removed.path("properties")).remove("campaign");
        ObjectNode required = order.deepCopy();
        required.withArray("required").add("campaign");
        ObjectNode narrowed = order.deepCopy();
        ((ObjectNode) narrowed.at("/properties/campaign")).put("type", "string");
        ObjectNode shorter = order.deepCopy();
        ((ObjectNode) shorter.at("/properties/campaign")).put("maxLength", 64);
        ObjectNode fewer = license.deepCopy();
        ((ObjectNode) fewer.at("/properties/uptime")).withArray("enum").remove(0);
        ObjectNode optional = told.deepCopy();
        optional.withArray("required").remove(0);
        ObjectNode widened = told.deepCopy();
        ((ObjectNode) widened.at("/properties/license_id"))
                .putArray("type")
                .add("string")
                .add("null");

        assertThat(breaks(order, removed, true)).containsExactly("/properties/campaign was removed");
        assertThat(breaks(order, required, true)).containsExactly("/required has campaign now");
        assertThat(breaks(order, narrowed, true)).containsExactly("/properties/campaign/type lost null");
        assertThat(breaks(order, shorter, true)).containsExactly("/properties/campaign/maxLength differs");
        assertThat(breaks(license, fewer, true)).containsExactly("/properties/uptime/enum lost short");
        assertThat(breaks(told, optional, false)).containsExactly("/required lost order_id");
        assertThat(breaks(told, widened, false)).containsExactly("/properties/license_id/type has null now");
    }

    private static List<String> breaks(JsonNode old, JsonNode now, boolean read) {
        List<String> breaks = new ArrayList<>();
        compare("", old, now, read, breaks);
        return breaks;
    }

    private static void compare(String place, JsonNode old, JsonNode now, boolean read, List<String> breaks) {
        old.path("properties").properties().forEach(property -> {
            String there = place + "/properties/" + property.getKey();
            JsonNode successor = now.path("properties").get(property.getKey());
            if (successor == null) {
                breaks.add(there + " was removed");
            } else {
                compare(there, property.getValue(), successor, read, breaks);
            }
        });
        words(place + "/required", old.path("required"), now.path("required"), !read, read, breaks);
        words(place + "/type", old.path("type"), now.path("type"), read, !read, breaks);
        words(place + "/enum", old.path("enum"), now.path("enum"), read, !read, breaks);
        // A limit that is changed breaks the one side or the other; whoever loosens what is read adds the new release
        // here.
        for (String limit :
                List.of("minimum", "maximum", "minLength", "maxLength", "pattern", "format", "$ref", "if", "then")) {
            if (!old.path(limit).equals(now.path(limit))) {
                breaks.add(place + "/" + limit + " differs");
            }
        }
        if (old.has("items")) {
            compare(place + "/items", old.path("items"), now.path("items"), read, breaks);
        }
        if (old.path("additionalProperties").isObject()) {
            compare(
                    place + "/additionalProperties",
                    old.path("additionalProperties"),
                    now.path("additionalProperties"),
                    read,
                    breaks);
        }
    }

    private static void words(
            String place, JsonNode old, JsonNode now, boolean mayNotLose, boolean mayNotGain, List<String> breaks) {
        Set<String> lost = words(old);
        lost.removeAll(words(now));
        Set<String> gained = words(now);
        gained.removeAll(words(old));
        if (mayNotLose) {
            lost.forEach(word -> breaks.add(place + " lost " + word));
        }
        if (mayNotGain) {
            gained.forEach(word -> breaks.add(place + " has " + word + " now"));
        }
    }

    private static Set<String> words(JsonNode oneOrMore) {
        Set<String> words = new TreeSet<>();
        if (oneOrMore.isTextual()) {
            words.add(oneOrMore.textValue());
        }
        oneOrMore.forEach(word -> words.add(word.asText()));
        return words;
    }
}
