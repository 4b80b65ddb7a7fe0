package dev.purser.outcomes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;

/**
 * Event data that a broker takes for certain: at most 256 KB, cut where it is largest, with JSON pointers in {@code truncated} to what
 * was cut. Whoever needs the whole asks over HTTP.
 */
final class Capped {

    static final int MOST_BYTES = 256 * 1024;
    /** For the event's attributes, and for the pointers to what was cut. */
    private static final int ROOM = 8 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Capped() {}

    static String data(String data) {
        // No character takes more than three bytes, so most data need not be measured.
        if (data.length() <= MOST_BYTES / 3 || bytes(data) <= MOST_BYTES) {
            return data;
        }
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(data);
            ArrayNode cut = JSON.createArrayNode();
            String fitting = data;
            while (bytes(fitting) > MOST_BYTES - ROOM) {
                cut(json, "", bytes(fitting) - MOST_BYTES + ROOM, cut);
                fitting = json.toString();
            }
            return json.set("truncated", cut).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event data is JSON", e);
        }
    }

    /** Cuts so many bytes from the largest text below, or takes away the largest list. */
    private static void cut(ObjectNode json, String pointer, int tooMany, ArrayNode cut) {
        Map.Entry<String, JsonNode> largest = largest(json);
        String place = pointer + "/" + largest.getKey().replace("~", "~0").replace("/", "~1");
        if (largest.getValue() instanceof ObjectNode object && hasLargePart(object, tooMany)) {
            cut(object, place, tooMany, cut);
            return;
        }
        String text = largest.getValue().isTextual() ? largest.getValue().textValue() : "";
        long size = bytes(largest.getValue().toString());
        int kept = (int) (text.length() * Math.max(0, size - tooMany) / size * 15 / 16);
        if (kept == 0) {
            json.putNull(largest.getKey());
        } else {
            boolean inPair = Character.isHighSurrogate(text.charAt(kept - 1));
            json.put(largest.getKey(), text.substring(0, inPair ? kept - 1 : kept) + "…");
        }
        if (!contains(cut, place)) {
            cut.add(place);
        }
    }

    /** Where thousands of small parts make it large, there is none to cut, and all of them go. */
    private static boolean hasLargePart(ObjectNode object, int tooMany) {
        return !object.isEmpty() && bytes(largest(object).getValue().toString()) > tooMany / 16;
    }

    private static Map.Entry<String, JsonNode> largest(ObjectNode json) {
        return json.properties().stream()
                .max(Comparator.comparingInt(field -> bytes(field.getValue().toString())))
                .orElseThrow();
    }

    private static boolean contains(ArrayNode cut, String place) {
        for (JsonNode each : cut) {
            if (each.textValue().equals(place)) {
                return true;
            }
        }
        return false;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
