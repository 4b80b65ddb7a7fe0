package dev.purser.console.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads query parameters as text, so that every wrong one is named at once. What was read counts only while nothing is wrong. */
final class Parameters {

    private static final int LONGEST_TEXT = 256;
    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;

    static final String SEARCHABLE = "has at most " + LONGEST_TEXT + " characters, none of them a control character";

    private final List<Problem.Part> wrong = new ArrayList<>();

    List<Problem.Part> wrong() {
        return wrong;
    }

    void wrong(String parameter, String detail) {
        wrong.add(new Problem.Part(parameter, detail));
    }

    int limit(@Nullable String value) {
        String text = given(value);
        if (text.isEmpty()) {
            return USUAL_LIMIT;
        }
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > HIGHEST_LIMIT) {
            wrong("limit", "limit is a number from 1 to " + HIGHEST_LIMIT);
        }
        return number;
    }

    @Nullable
    Long before(@Nullable String value) {
        String text = given(value);
        Optional<Cursor> parsed = Cursor.parse(text);
        if (parsed.isEmpty() && !text.isEmpty()) {
            wrong("cursor", "cursor is the next of a page that was read before, unchanged");
        }
        return parsed.map(Cursor::before).orElse(null);
    }

    @Nullable
    Long number(String name, @Nullable String value) {
        String text = given(value);
        if (text.matches("[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        if (!text.isEmpty()) {
            wrong(name, name + " is a number");
        }
        return null;
    }

    @Nullable
    String text(String name, @Nullable String value) {
        String text = given(value);
        if (!isSearchable(text)) {
            wrong(name, name + " " + SEARCHABLE);
        }
        return text.isEmpty() ? null : text;
    }

    /** One of the constants, in any letter case. */
    <E extends Enum<E>> @Nullable E oneOf(String name, @Nullable String value, Class<E> kind) {
        String text = given(value).toUpperCase(Locale.ROOT);
        Optional<E> known = Arrays.stream(kind.getEnumConstants())
                .filter(each -> each.name().equals(text))
                .findAny();
        if (known.isEmpty() && !text.isEmpty()) {
            wrong(name, name + " is one of " + Arrays.toString(kind.getEnumConstants()));
        }
        return known.orElse(null);
    }

    /** PostgreSQL has no text with a NUL in it, and nobody searches for the others. */
    static boolean isSearchable(String text) {
        return text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
    }

    /** An empty parameter, as a form sends it, is none. */
    static String given(@Nullable String value) {
        return value == null ? "" : value;
    }
}
