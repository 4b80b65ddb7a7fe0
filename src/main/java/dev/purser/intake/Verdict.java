package dev.purser.intake;

import dev.purser.kernel.OrderId;
import dev.purser.orders.Acceptance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row when its file was read.
 *
 * @param orderId of a command: its id; null where the row has none that could be one
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

    /** Of a row that nothing else was written down of. @param keys the names of its cells; @param key which one it is known by */
    static Verdict accepted(CsvRow row, List<String> keys, String key) {
        return new Verdict(row.number(), RowCheck.id(row.named(keys), key), Status.ACCEPTED, null, null);
    }

    @Nullable
    OrderId order() {
        return orderId == null ? null : new OrderId(orderId);
    }

    static Verdict rejected(long row, long line, @Nullable String orderId, String code, String message) {
        return new Verdict(row, orderId, Status.REJECTED, code, "line " + line + ": " + message);
    }

    static Verdict of(long row, long line, Acceptance acceptance) {
        String orderId = acceptance.orderId().value();
        return acceptance.fold(new Acceptance.Cases<>() {
            @Override
            public Verdict accepted(Acceptance.Accepted accepted) {
                return new Verdict(row, orderId, Status.ACCEPTED, null, null);
            }

            @Override
            public Verdict duplicate(Acceptance.Duplicate duplicate) {
                return new Verdict(row, orderId, Status.DUPLICATE, null, null);
            }

            @Override
            public Verdict conflict(Acceptance.Conflict conflict) {
                return rejected(row, line, orderId, "conflict", conflict.message());
            }
        });
    }
}
