package dev.purser.provisioning;

import dev.purser.budget.Planned;
import dev.purser.kernel.Money;
import dev.purser.provisioning.Action.Hold.Held;
import java.time.Instant;
import java.util.Optional;

/** Whether an order at a price may be bought at all, and here. */
final class Fit {

    static final String RANGE_OVER = "range_over";

    private Fit() {}

    static Optional<Held> objection(Line line, Money price, Planned planned, Standing standing) {
        if (isOver(line, standing)) {
            return Optional.of(new Held(
                    line,
                    RANGE_OVER,
                    "the range ended at " + line.spec().end() + "; CoCalc would sell it for a later time",
                    price));
        }
        return standing.room()
                .objectionTo(line.ask(price), planned)
                .map(objection -> new Held(line, objection.code(), objection.message(), price));
    }

    /** An order bound to nobody can go to another purchasing account whose day or month has room. */
    static boolean isRoomElsewhere(Line line, Money price, Standing standing) {
        return line.account() == null
                && !isOver(line, standing)
                && standing.roomsElsewhere().stream()
                        .anyMatch(room -> room.objectionTo(line.ask(price), Planned.NOTHING)
                                .isEmpty());
    }

    private static boolean isOver(Line line, Standing standing) {
        Instant end = line.spec().end();
        return end != null && !end.isAfter(standing.now());
    }
}
