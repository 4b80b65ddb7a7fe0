package dev.purser.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reading and writing JSON the way JavaScript does, and jsonb's order of keys. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.instance)
            .build();

    /** jsonb keeps shorter keys first, then compares bytes. */
    private static final Comparator<String> JSONB = Comparator.<String>comparingInt(key -> utf8(key).length)
            .thenComparing((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(5000)
                        .maxNumberLength(2_000_000)
                        .build());
    }

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Null when the text is no JSON; {@code JSON.parse} refuses blank text too. */
    static @Nullable JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node instanceof MissingNode ? null : node;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What comes back after a value was stored as jsonb: keys reordered, numbers as doubles. */
    static JsonNode jsonb(JsonNode node) {
        if (node.isObject()) {
            TreeSet<String> keys = new TreeSet<>(JSONB);
            node.fieldNames().forEachRemaining(keys::add);
            ObjectNode sorted = object();
            keys.forEach(key -> sorted.set(key, jsonb(node.path(key))));
            return sorted;
        }
        if (node.isArray()) {
            ArrayNode copy = array();
            node.forEach(element -> copy.add(jsonb(element)));
            return copy;
        }
        return node.isNumber() ? Numbers.js(node.doubleValue()) : node;
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** JavaScript's idea of true. */
    static boolean truthy(JsonNode node) {
        if (node.isTextual()) {
            return !node.textValue().isEmpty();
        }
        if (node.isNumber()) {
            return node.doubleValue() != 0;
        }
        return node.isBoolean() ? node.booleanValue() : node.isContainerNode();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
