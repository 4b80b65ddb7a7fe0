package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** How node-postgres turns parameters into text and PostgreSQL reads them, with PostgreSQL's error texts. */
final class Pg {
    private static final Pattern UUID_DIGITS = Pattern.compile("(?:[0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}");
    private static final Pattern INTERVAL_PART =
            Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)|\\s*(\\d+):(\\d{2})(?::(\\d{2}))?");

    private Pg() {}

    static @Nullable String text(JsonNode node) {
        if (Json.absent(node)) {
            return null;
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(Pg::element)
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isNumber()) {
            return Numbers.js(node.doubleValue()).asText();
        }
        return node.isObject() ? Json.write(node) : node.asText();
    }

    private static String element(JsonNode node) {
        String text = text(node);
        if (text == null || node.isArray()) {
            return text == null ? "NULL" : text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The canonical form, or null when the text is no uuid to PostgreSQL. */
    static @Nullable String asUuid(String text) {
        String bare = text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
        if (!UUID_DIGITS.matcher(bare).matches()) {
            return null;
        }
        String digits = bare.replace("-", "");
        return new UUID(
                        new BigInteger(digits.substring(0, 16), 16).longValue(),
                        new BigInteger(digits.substring(16), 16).longValue())
                .toString();
    }

    static String uuid(String text) {
        String uuid = asUuid(text);
        if (uuid == null) {
            throw syntax("uuid", text);
        }
        return uuid;
    }

    static long integer(String text, String type) {
        try {
            long value = Long.parseLong(text.strip());
            if (type.equals("integer") && value != (int) value) {
                throw new Thrown("value \"" + text + "\" is out of range for type integer");
            }
            return value;
        } catch (NumberFormatException notOne) {
            throw syntax(type, text);
        }
    }

    static boolean bool(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("1") || word.equals("on") || starts("true", word) || starts("yes", word)) {
            return true;
        }
        if (word.equals("0")
                || word.equals("of")
                || word.equals("off")
                || starts("false", word)
                || starts("no", word)) {
            return false;
        }
        throw syntax("boolean", text);
    }

    private static boolean starts(String whole, String word) {
        return !word.isEmpty() && whole.startsWith(word);
    }

    /** A json column's value; node-postgres sends text as it is and arrays as PostgreSQL arrays, which are no json. */
    static JsonNode json(JsonNode value) {
        if (Json.absent(value)) {
            return NullNode.getInstance();
        }
        String text = value.isArray()
                ? String.valueOf(text(value))
                : value.isTextual() ? value.textValue() : Json.write(value);
        JsonNode parsed = Json.parse(text);
        if (parsed == null) {
            throw new Thrown("invalid input syntax for type json");
        }
        refuseUnstorable(parsed);
        return Json.jsonb(parsed);
    }

    private static void refuseUnstorable(JsonNode node) {
        if (node.isTextual()) {
            refuseUnstorable(node.textValue());
        }
        node.fieldNames().forEachRemaining(Pg::refuseUnstorable);
        node.forEach(Pg::refuseUnstorable);
    }

    private static void refuseUnstorable(String text) {
        if (text.indexOf(0) >= 0) {
            throw new Thrown("unsupported Unicode escape sequence");
        }
        if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
            throw new Thrown("invalid input syntax for type json");
        }
    }

    /** A timestamp without time zone: the zone in the text is ignored, as there. */
    static Instant timestamp(String text) {
        Instant instant = Dates.parse(text, true);
        if (instant != null) {
            return instant;
        }
        throw text.matches("\\d{7,}")
                ? new Thrown("date/time field value out of range: \"" + text + "\"")
                : syntax("timestamp", text);
    }

    static Duration interval(String text) {
        Matcher part = INTERVAL_PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!part.find(at) || part.start() != at) {
                throw syntax("interval", text);
            }
            sum = sum.plus(
                    part.group(2) == null
                            ? Duration.ofHours(Long.parseLong(part.group(3)))
                                    .plusMinutes(Long.parseLong(part.group(4)))
                                    .plusSeconds(part.group(5) == null ? 0 : Long.parseLong(part.group(5)))
                            : Duration.ofMillis((long) (Double.parseDouble(part.group(1))
                                    * unit(part.group(2), text).toMillis())));
            at = part.end();
        }
        if (at == 0) {
            throw syntax("interval", text);
        }
        return sum;
    }

    private static Duration unit(String name, String text) {
        String word = name.toLowerCase(Locale.ROOT);
        return switch (word.length() > 1 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word) {
            case "second", "sec", "s" -> Duration.ofSeconds(1);
            case "minute", "min", "m" -> Duration.ofMinutes(1);
            case "hour", "hr", "h" -> Duration.ofHours(1);
            case "day", "d" -> Duration.ofDays(1);
            case "week", "w" -> Duration.ofDays(7);
            case "month", "mon" -> Duration.ofDays(30);
            case "year", "y" -> Duration.ofDays(365);
            default -> throw syntax("interval", text);
        };
    }

    private static Thrown syntax(String type, String text) {
        return new Thrown("invalid input syntax for type " + type + ": \"" + text + "\"");
    }
}
