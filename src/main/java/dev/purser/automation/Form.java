package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.event.Flaw;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command's data, field by field; what does not fit is noted with what would, and read as null. Unknown fields are ignored. */
final class Form {

    static final String UUID_HINT = "a UUID such as 3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23";

    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_]{1,128}");
    private static final int LONGEST_TTL = 604_800;

    private final JsonNode data;
    private final List<Flaw> flaws = new ArrayList<>();

    Form(JsonNode data) {
        this.data = data;
        if (!data.isObject()) {
            flaws.add(new Flaw("/data", "must be a JSON object"));
        }
    }

    List<Flaw> flaws() {
        return List.copyOf(flaws);
    }

    void wrong(String field, String message) {
        flaws.add(new Flaw("/data/" + field, message));
    }

    /** @param hint what would be right */
    <T> @Nullable T required(String field, @Nullable T value, String hint) {
        boolean isTold = flaws.stream().anyMatch(flaw -> flaw.pointer().equals("/data/" + field));
        if (value == null && !isTold && data.isObject()) {
            wrong(field, "is required: " + hint);
        }
        return value;
    }

    /** Null where it is lacking or null. */
    @Nullable
    JsonNode node(String field) {
        JsonNode node = data.get(field);
        return node == null || node.isNull() ? null : node;
    }

    @Nullable
    String text(String field, int longest) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        String text = node.textValue();
        if (text == null || text.length() > longest || hasUnstorable(text)) {
            wrong(
                    field,
                    "must be a JSON string of at most " + longest
                            + " characters, without a NUL or half of a surrogate pair");
            return null;
        }
        return text;
    }

    /** CoCalc's database refuses both. */
    private static boolean hasUnstorable(String text) {
        return text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    @Nullable
    UUID uuid(String field) {
        return parsed(field, text(field, 100), UUID_HINT, text -> {
            if (!UUID_SHAPE.matcher(text).matches()) {
                throw new IllegalArgumentException();
            }
            return UUID.fromString(text);
        });
    }

    /** @param parser throws for what it cannot read */
    <T> @Nullable T parsed(String field, @Nullable String text, String hint, Function<String, T> parser) {
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            wrong(field, "must be " + hint);
            return null;
        }
    }

    @Nullable
    Integer whole(String field, int least, int most) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            wrong(field, "must be a whole number from " + least + " to " + most);
            return null;
        }
        return node.intValue();
    }

    /** What every verb may say, beside its own: how long it counts. */
    @Nullable
    Duration ttl() {
        Integer seconds = whole("ttl", 1, LONGEST_TTL);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /** What every verb may say, beside its own: with whose key. */
    @Nullable
    String purchasingAccount() {
        return parsed(
                "purchasing_account", text("purchasing_account", 128), "the name of a purchasing account", text -> {
                    if (!ACCOUNT.matcher(text).matches()) {
                        throw new IllegalArgumentException();
                    }
                    return text.toLowerCase(java.util.Locale.ROOT);
                });
    }
}
