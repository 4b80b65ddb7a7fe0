package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares answers with recorded ones: everything exact and in order, but for what the hour and chance decide. A
 * recorded uuid or moment stands for one of ours, the same one wherever it turns up again.
 */
final class Likeness {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
    /** The hours of the recording, and what is ten days after an item that was put into the cart then. */
    private static final Pattern OF_THE_SESSION = Pattern.compile("2026-11-23T(19|20):.*|2026-12-03T19:24.*");

    private static final Set<String> COUNTED = Set.of("id", "latest_purchase_id");

    private final Map<String, String> ours = new HashMap<>();

    void same(String uuid) {
        ours.put(uuid, uuid);
    }

    String inOurWords(String request) {
        String words = request;
        for (Map.Entry<String, String> pair : ours.entrySet()) {
            words = words.replace(pair.getKey(), pair.getValue());
        }
        return words;
    }

    List<String> differences(JsonNode recorded, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        compare("", recorded, actual, differences);
        return differences;
    }

    private void compare(String at, JsonNode recorded, JsonNode actual, List<String> differences) {
        if (recorded.isObject() && actual.isObject()) {
            if (!names(recorded).equals(names(actual))) {
                differences.add(at + " has " + names(actual) + " instead of " + names(recorded));
                return;
            }
            recorded.properties()
                    .forEach(field -> compare(
                            at + "/" + field.getKey(), field.getValue(), actual.path(field.getKey()), differences));
        } else if (recorded.isArray() && actual.isArray()) {
            if (recorded.size() != actual.size()) {
                differences.add(at + " has " + actual.size() + " elements instead of " + recorded.size());
                return;
            }
            for (int i = 0; i < recorded.size(); i++) {
                compare(at + "/" + i, recorded.path(i), actual.path(i), differences);
            }
        } else if (!isLike(at.substring(at.lastIndexOf('/') + 1), recorded, actual)) {
            differences.add(at + " is " + actual + " instead of " + recorded);
        }
    }

    private boolean isLike(String field, JsonNode recorded, JsonNode actual) {
        if (recorded.isTextual() && actual.isTextual()) {
            return isLike(recorded.textValue(), actual.textValue());
        }
        if (!recorded.isNumber() || !actual.isNumber()) {
            return recorded.equals(actual);
        }
        if (COUNTED.contains(field)) {
            return actual.isIntegralNumber() && actual.asLong() > 0;
        }
        if (isOfTheSession(recorded)) {
            return isOfTheSession(actual);
        }
        if (field.equals("cost_per_hour")) {
            return Math.abs(recorded.doubleValue() - actual.doubleValue()) <= 1e-4 * Math.abs(recorded.doubleValue());
        }
        return recorded.decimalValue().compareTo(actual.decimalValue()) == 0;
    }

    private boolean isLike(String recorded, String actual) {
        if (UUID.matcher(recorded).matches()) {
            return UUID.matcher(actual).matches()
                    && ours.computeIfAbsent(recorded, first -> actual).equals(actual);
        }
        if (MOMENT.matcher(recorded).matches()
                && OF_THE_SESSION.matcher(recorded).matches()) {
            return MOMENT.matcher(actual).matches()
                    && OF_THE_SESSION.matcher(actual).matches()
                    && ours.computeIfAbsent(recorded, first -> actual).equals(actual);
        }
        return recorded.equals(actual);
    }

    private static boolean isOfTheSession(JsonNode epochMillis) {
        return epochMillis.isIntegralNumber()
                && epochMillis.asLong() > 1_700_000_000_000L
                && OF_THE_SESSION
                        .matcher(Dates.iso(Instant.ofEpochMilli(epochMillis.asLong())))
                        .matches();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
