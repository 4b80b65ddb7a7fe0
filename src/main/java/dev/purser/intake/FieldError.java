package dev.purser.intake;

import dev.purser.kernel.event.Flaw;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with an order. Never repeats what was written there: a misplaced email address would travel with it.
 *
 * @param field {@code run_limit} in a file, {@code license.run_limit} in JSON; empty for the whole order
 * @param message what would be right
 */
public record FieldError(String field, String message) {

    /** Where it is in the JSON, as RFC 6901 writes it. */
    public String pointer() {
        return field.isEmpty() ? "" : "/" + field.replace('.', '/');
    }

    static FieldError of(Flaw flaw) {
        return new FieldError(
                flaw.pointer().isEmpty() ? "" : flaw.pointer().substring(1).replace('/', '.'), flaw.message());
    }

    static String sentence(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return (field.isEmpty() ? "order" : field) + ": " + message;
    }
}
