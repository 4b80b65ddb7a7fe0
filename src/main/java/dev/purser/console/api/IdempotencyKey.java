package dev.purser.console.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of an {@code Idempotency-Key} header: a structured field's string in quotes (RFC 8941), or the bare text that most clients send. */
record IdempotencyKey(String text) {

    static final String HEADER = "Idempotency-Key";
    static final String HINT = "Idempotency-Key is 1 to 255 printable ASCII characters in quotes, such as"
            + " \"8e03978e-40d5-43e8-bc93-6894a57f9324\".";

    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x7e]*");
    private static final int LONGEST = 255;

    static Optional<IdempotencyKey> parse(String header) {
        String value = header.strip();
        Matcher quoted = QUOTED.matcher(value);
        String text = quoted.matches()
                ? quoted.group(1).replaceAll("\\\\(.)", "$1")
                : BARE.matcher(value).matches() ? value : "";
        return text.isEmpty() || text.length() > LONGEST ? Optional.empty() : Optional.of(new IdempotencyKey(text));
    }
}
