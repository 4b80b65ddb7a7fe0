package dev.purser.automation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a command. Never repeats what was written there.
 *
 * @param pointer where, as RFC 6901 writes it: {@code /data/project_id}
 * @param message what would be right
 */
public record Flaw(String pointer, String message) {

    public static String sentence(List<Flaw> flaws) {
        return flaws.stream().map(Flaw::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return pointer + ": " + message;
    }
}
