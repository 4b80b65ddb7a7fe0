package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An order form's fields by their CSV names, whichever way they were written; null where a field is empty or was found wrong. */
abstract sealed class Fields {

    private final List<FieldError> errors = new ArrayList<>();

    abstract @Nullable String text(String name);

    /** A word of a fixed list. */
    abstract @Nullable String word(String name);

    abstract @Nullable BigDecimal number(String name);

    abstract @Nullable BigDecimal money(String name);

    abstract @Nullable Boolean flag(String name);

    abstract String label(String name);

    void wrong(String name, String message) {
        errors.add(new FieldError(label(name), message));
    }

    boolean isWrong(String name) {
        String label = label(name);
        return errors.stream().anyMatch(error -> error.field().equals(label));
    }

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** The cells of one CSV row. Blanks around a cell do not count, except in free text; words may be in any case. */
    static final class OfCells extends Fields {

        private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,12})?");
        private static final Set<String> FREE_TEXT = Set.of("title", "description");
        private final Map<String, String> cells;

        OfCells(Map<String, String> cells) {
            this.cells = cells;
        }

        @Override
        @Nullable
        String text(String name) {
            String cell = cells.get(name);
            if (cell == null) {
                return null;
            }
            String text = FREE_TEXT.contains(name) ? cell : cell.strip();
            return text.isEmpty() ? null : text;
        }

        @Override
        @Nullable
        String word(String name) {
            String text = text(name);
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        }

        @Override
        @Nullable
        BigDecimal number(String name) {
            String text = text(name);
            if (text == null) {
                return null;
            }
            if (!NUMBER.matcher(text).matches()) {
                wrong(name, "must be a plain number");
                return null;
            }
            return new BigDecimal(text);
        }

        @Override
        @Nullable
        BigDecimal money(String name) {
            return number(name);
        }

        @Override
        @Nullable
        Boolean flag(String name) {
            String word = word(name);
            if (word == null) {
                return null;
            }
            if (!word.equals("true") && !word.equals("false")) {
                wrong(name, "must be true or false");
                return null;
            }
            return word.equals("true");
        }

        @Override
        String label(String name) {
            return name;
        }
    }

    /** Order data in JSON; unknown fields are ignored, {@code null} is empty, a wrong JSON type is an error. */
    static final class OfJson extends Fields {

        private static final Set<String> OUTSIDE_LICENSE =
                Set.of("order_id", "account_id", "project_id", "campaign", "max_cost", "license");
        private static final Pattern MONEY = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,12})?");
        private final JsonNode data;

        OfJson(JsonNode data) {
            this.data = data;
        }

        private @Nullable JsonNode node(String name) {
            JsonNode node = OUTSIDE_LICENSE.contains(name)
                    ? data.get(name)
                    : data.path("license").get(name);
            return node == null || node.isNull() ? null : node;
        }

        @Override
        @Nullable
        String text(String name) {
            JsonNode node = node(name);
            if (node == null) {
                return null;
            }
            if (!node.isTextual()) {
                wrong(name, "must be a JSON string");
                return null;
            }
            return node.textValue().isEmpty() ? null : node.textValue();
        }

        @Override
        @Nullable
        String word(String name) {
            return text(name);
        }

        @Override
        @Nullable
        BigDecimal number(String name) {
            JsonNode node = node(name);
            if (node == null) {
                return null;
            }
            // Number texts beyond a double's range are no amounts, and some JSON readers make an infinity of them.
            if (!node.isNumber() || Double.isInfinite(node.doubleValue())) {
                wrong(name, "must be a JSON number");
                return null;
            }
            return node.decimalValue();
        }

        @Override
        @Nullable
        BigDecimal money(String name) {
            JsonNode node = node(name);
            if (node != null && node.isTextual()) {
                if (!MONEY.matcher(node.textValue()).matches()) {
                    wrong(name, "must be an amount in USD such as \"25.00\"");
                    return null;
                }
                return new BigDecimal(node.textValue());
            }
            return number(name);
        }

        @Override
        @Nullable
        Boolean flag(String name) {
            JsonNode node = node(name);
            if (node == null) {
                return null;
            }
            if (!node.isBoolean()) {
                wrong(name, "must be true or false, without quotes");
                return null;
            }
            return node.booleanValue();
        }

        @Override
        String label(String name) {
            return OUTSIDE_LICENSE.contains(name) ? name : "license." + name;
        }
    }
}
