package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JavaScript's dates, and what the cart does to a range that has started. */
final class Dates {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?"
            + "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?\\s?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final Duration SHORTEST = Duration.ofHours(1);

    private Dates() {}

    static String iso(Instant instant) {
        return ISO.format(instant);
    }

    static @Nullable Instant parse(String text, boolean ignoreZone) {
        Matcher date = DATE.matcher(text.strip());
        if (!date.matches()) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    part(date, 1),
                    part(date, 2),
                    date.group(3) == null ? 1 : part(date, 3),
                    part(date, 4),
                    part(date, 5),
                    part(date, 6));
            if (date.group(7) != null) {
                local = local.withNano(Integer.parseInt((date.group(7) + "000000000").substring(0, 9)));
            }
            String zone = ignoreZone || date.group(8) == null ? "Z" : date.group(8);
            return local.toInstant(ZoneOffset.of(zone));
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    private static int part(Matcher date, int group) {
        String digits = date.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** {@code new Date(value)}; null where JavaScript says Invalid Date. */
    static @Nullable Instant date(JsonNode value) {
        if (value.isNull()) {
            return Instant.EPOCH;
        }
        if (value.isNumber() && Math.abs(value.doubleValue()) < 8.64e15) {
            return Instant.ofEpochMilli(value.longValue());
        }
        if (value.isTextual() && value.textValue().matches("\\d{1,2}")) {
            // JavaScript reads "2" as February 2001: what a range of plain text comes to, letter by letter
            return Instant.parse("2001-01-01T00:00:00Z");
        }
        return value.isTextual() ? parse(value.textValue(), false) : null;
    }

    static JsonNode bound(JsonNode description, int index) {
        JsonNode range = description.path("range");
        if (range.isTextual()) {
            String text = range.textValue();
            return index < text.length()
                    ? TextNode.valueOf(text.substring(index, index + 1))
                    : MissingNode.getInstance();
        }
        return range.path(index);
    }

    /** On add a start in the past moves to now, and the end by the same amount. */
    static JsonNode movedOnAdd(JsonNode description, Instant now) {
        if (!description.path("range").isArray() || description.path("range").size() != 2) {
            return description;
        }
        Instant start = date(bound(description, 0));
        Instant end = date(bound(description, 1));
        if (start == null || end == null) {
            throw new Thrown("Invalid time value");
        }
        return start.isBefore(now) ? withRange(description, now, end.plus(Duration.between(start, now))) : description;
    }

    /** On each look a start in the past moves to now and the end stays, but an hour is the least. */
    static JsonNode movedOnLook(JsonNode description, Instant now) {
        Instant start = date(bound(description, 0));
        Instant end = date(bound(description, 1));
        if (start == null || end == null) {
            return description;
        }
        Instant from = start.isBefore(now) ? now : start;
        Instant to = end.isBefore(from.plus(SHORTEST)) ? from.plus(SHORTEST) : end;
        return from.equals(start) && to.equals(end) ? description : withRange(description, from, to);
    }

    private static JsonNode withRange(JsonNode description, Instant start, Instant end) {
        ObjectNode moved = (ObjectNode) description.deepCopy();
        ArrayNode range = Json.array();
        range.add(iso(start)).add(iso(end));
        moved.set("range", range);
        return moved;
    }
}
