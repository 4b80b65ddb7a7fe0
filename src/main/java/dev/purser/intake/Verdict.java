package dev.purser.intake;

import dev.purser.orders.Acceptance;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row when its file was read.
 *
 * @param orderId null where the row has none that could be one
 * @param code why it was rejected, in one word; {@code message} says it to a person and names the line
 */
record Verdict(
        long row,
        @Nullable String orderId,
        Status status,
        @Nullable String code,
        @Nullable String message) {

    enum Status {
        ACCEPTED,
        DUPLICATE,
        REJECTED
    }

    static Verdict rejected(CsvRow row, @Nullable String orderId, String code, String message) {
        return new Verdict(row.number(), orderId, Status.REJECTED, code, "line " + row.line() + ": " + message);
    }

    static Verdict of(CsvRow row, Acceptance acceptance) {
        String orderId = acceptance.orderId().value();
        return acceptance.fold(new Acceptance.Cases<>() {
            @Override
            public Verdict accepted(Acceptance.Accepted accepted) {
                return new Verdict(row.number(), orderId, Status.ACCEPTED, null, null);
            }

            @Override
            public Verdict duplicate(Acceptance.Duplicate duplicate) {
                return new Verdict(row.number(), orderId, Status.DUPLICATE, null, null);
            }

            @Override
            public Verdict conflict(Acceptance.Conflict conflict) {
                return rejected(row, orderId, "conflict", conflict.message());
            }
        });
    }
}
