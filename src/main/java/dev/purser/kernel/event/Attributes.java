package dev.purser.kernel.event;

import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which attribute keeps an event from being one: the library knows that there is such an attribute, and rarely says which. */
final class Attributes {

    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    private Attributes() {}

    /** @param attributes by name; null where one is lacking, or is no text */
    static String flaw(Function<String, @Nullable String> attributes) {
        for (String name : REQUIRED) {
            if (attributes.apply(name) == null) {
                return name + ": is required, as a text";
            }
        }
        if (!"1.0".equals(attributes.apply("specversion"))) {
            return "specversion: must be 1.0";
        }
        for (String name : List.of("source", "dataschema")) {
            if (!isUri(attributes.apply(name))) {
                return name + ": must be a URI such as /shop";
            }
        }
        return isTime(attributes.apply("time"))
                ? "an extension: its name has only a-z and 0-9, its value is a text, a number, or true or false"
                : "time: must be as RFC 3339 writes it, such as 2026-12-01T08:00:00Z";
    }

    private static boolean isUri(@Nullable String text) {
        try {
            return text == null || !URI.create(text).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isTime(@Nullable String text) {
        try {
            return text == null || OffsetDateTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
