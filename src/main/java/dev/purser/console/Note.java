package dev.purser.console;

import java.util.Optional;

/** What a person writes about a discrepancy. */
public record Note(String text) {

    private static final int LONGEST = 1000;

    public static final String RULE = "a note says why, in at most " + LONGEST
            + " characters; line breaks are fine, other control characters are not";

    public static Optional<Note> parse(String given) {
        String text = given.strip().replace("\r\n", "\n");
        boolean fits = !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
        return fits ? Optional.of(new Note(text)) : Optional.empty();
    }
}
