package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;

/** Makes an answer fit into an event, and says where it was cut; over HTTP it is whole. */
final class Cut {

    /** A broker takes 1 MB, others less; it is measured in bytes of UTF-8. */
    static final int LARGEST_EVENT = 200 * 1024;

    private final TreeSet<String> places = new TreeSet<>();

    private Cut() {}

    static ObjectNode toFit(ObjectNode data) {
        Cut cut = new Cut();
        while (size(data) > LARGEST_EVENT) {
            cut.shorten(data, "result", "/result");
        }
        if (!cut.places.isEmpty()) {
            ArrayNode told = data.putArray("truncated");
            cut.places.forEach(told::add);
        }
        return data;
    }

    /** Halves what is largest: a list loses its last half, a text its first, because a log tells the worst at its end. */
    private void shorten(ObjectNode parent, String field, String pointer) {
        JsonNode large = parent.path(field);
        if (large instanceof ObjectNode object && !object.isEmpty()) {
            Map.Entry<String, JsonNode> largest = object.properties().stream()
                    .max((a, b) -> Integer.compare(size(a.getValue()), size(b.getValue())))
                    .orElseThrow();
            shorten(object, largest.getKey(), pointer + "/" + escaped(largest.getKey()));
            return;
        }
        places.add(pointer);
        if (large instanceof ArrayNode list && list.size() > 1) {
            int half = list.size() / 2;
            while (list.size() > half) {
                list.remove(list.size() - 1);
            }
        } else if (large.isTextual() && large.textValue().length() > 1) {
            String text = large.textValue();
            parent.set(field, TextNode.valueOf(text.substring(text.length() / 2)));
        } else {
            parent.putNull(field);
        }
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static int size(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
