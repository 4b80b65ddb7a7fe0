package dev.purser.console.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the next page starts, as a text that callers hand back and do not read. */
record Cursor(long before) {

    private static final Pattern CONTENT = Pattern.compile("before:([0-9]{1,18})");

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("before:" + before).getBytes(StandardCharsets.US_ASCII));
    }

    static Optional<Cursor> parse(String text) {
        try {
            Matcher content =
                    CONTENT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            return content.matches() ? Optional.of(new Cursor(Long.parseLong(content.group(1)))) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
