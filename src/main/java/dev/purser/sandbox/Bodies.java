package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Next.js makes of a request body: JSON or a form by its content type, anything else counts as no parameters. */
final class Bodies {
    private Bodies() {}

    /** Null when the body should be JSON and is not. */
    static @Nullable JsonNode parse(@Nullable String contentType, String body) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json", "application/ld+json" -> body.isEmpty() ? Json.object() : Json.parse(body);
            case "application/x-www-form-urlencoded" -> form(body);
            default -> Json.object();
        };
    }

    private static ObjectNode form(String body) {
        ObjectNode params = Json.object();
        for (String pair : body.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                put(params, decode(parts[0]), TextNode.valueOf(parts.length < 2 ? "" : decode(parts[1])));
            }
        }
        return params;
    }

    private static void put(ObjectNode params, String name, JsonNode value) {
        JsonNode before = params.path(name);
        if (before instanceof ArrayNode several) {
            several.add(value);
        } else {
            params.set(
                    name,
                    before.isMissingNode() ? value : Json.array().add(before).add(value));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
