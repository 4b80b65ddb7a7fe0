package dev.purser.kernel.event;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One place in an event's data that its schema does not allow. Never repeats what stands there.
 *
 * @param pointer as RFC 6901 writes it, for example {@code /license/run_limit}; empty for the whole
 * @param message what would be right
 */
public record Flaw(String pointer, String message) {

    public static String sentence(List<Flaw> flaws) {
        return flaws.stream().map(Flaw::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "data" : pointer) + ": " + message;
    }
}
