package dev.purser.provisioning;

import dev.purser.kernel.Money;
import dev.purser.provisioning.Action.Hold.Held;
import java.time.Instant;
import java.util.Optional;

/** Whether an order at a price may be bought at all, and here. */
final class Fit {

    static final String OVER_MAX_COST = "over_max_cost";

    static final String RANGE_OVER = "range_over";

    private Fit() {}

    static Optional<Held> objection(Line line, Money price, Money planned, Standing standing) {
        Instant end = line.spec().end();
        if (end != null && !end.isAfter(standing.now())) {
            return Optional.of(new Held(
                    line, RANGE_OVER, "the range ended at " + end + "; CoCalc would sell it for a later time", price));
        }
        if (line.maxCost() != null && price.isMoreThan(line.maxCost())) {
            return Optional.of(new Held(
                    line,
                    OVER_MAX_COST,
                    price + " USD is over the order's max_cost of " + line.maxCost() + " USD",
                    price));
        }
        return standing.room()
                .objectionTo(price, planned)
                .map(objection -> new Held(line, objection.code(), objection.message(), price));
    }

    /** An order bound to nobody can go to another purchasing account whose day or month has room. */
    static boolean isRoomElsewhere(Line line, Money price, Standing standing) {
        Instant end = line.spec().end();
        return line.account() == null
                && (end == null || end.isAfter(standing.now()))
                && (line.maxCost() == null || !price.isMoreThan(line.maxCost()))
                && standing.roomsElsewhere().stream()
                        .anyMatch(room -> room.objectionTo(price, Money.ZERO).isEmpty());
    }
}
