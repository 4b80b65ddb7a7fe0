package dev.purser.sandbox;

/**
 * What the imitated code throws: its text reaches the client as {@code {"error": text}} with status 200. An exception
 * here because the real one is, out of PostgreSQL casts and pricing alike.
 */
final class Thrown extends RuntimeException {
    Thrown(String text) {
        super(text, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
