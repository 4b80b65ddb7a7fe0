package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Careful looks into foreign JSON: what is lacking or of another type reads as null or empty, and nothing throws. */
final class Json {

    private static final int UUID_LENGTH = 36;

    /** An amount beyond this is no amount; writing it out could take all memory (1e999999999 is valid JSON). */
    private static final int MOST_DIGITS = 15;

    private Json() {}

    static @Nullable String text(JsonNode json, String field) {
        return json.path(field).textValue();
    }

    static @Nullable UUID uuid(JsonNode json) {
        String text = json.textValue();
        if (text == null || text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable Instant instant(JsonNode json) {
        String text = json.textValue();
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static Optional<Integer> count(JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToInt() ? Optional.of(json.intValue()) : Optional.empty();
    }

    static Optional<BigDecimal> amount(JsonNode json) {
        if (!json.isNumber()) {
            return Optional.empty();
        }
        BigDecimal amount = json.decimalValue();
        boolean sane = amount.scale() <= 100 && (long) amount.precision() - amount.scale() <= MOST_DIGITS;
        return sane ? Optional.of(amount) : Optional.empty();
    }

    /** All elements or nothing: a list in which one element cannot be read is not known. */
    static <T> Optional<List<T>> list(JsonNode json, Shape<T> element) {
        if (!json.isArray()) {
            return Optional.empty();
        }
        List<T> list = new ArrayList<>(json.size());
        for (JsonNode node : json) {
            Optional<T> read = element.of(node);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            list.add(read.get());
        }
        return Optional.of(List.copyOf(list));
    }
}
