package dev.purser.provisioning;

import dev.purser.budget.Planned;
import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.provisioning.Action.Hold.Held;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether an order at a price may be bought at all, and here. */
final class Fit {

    static final String RANGE_OVER = "range_over";

    private Fit() {}

    static Planned planned(Stream<Line> lines) {
        return Planned.of(lines.map(Line::ask).toList());
    }

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
                .map(objection -> new Held(line, objection.code(), objection.message(), price))
                .or(() -> lacksFunds(standing.balance(), price, planned)
                        ? Optional.of(new Held(line, QuoteCheck.NO_FUNDS, noFunds(standing, price, planned), price))
                        : Optional.empty());
    }

    /** Why the other purchasing accounts do not buy it either. */
    static Set<String> objectionsElsewhere(Line line, Money price, Standing standing) {
        return standing.elsewhere().stream()
                .filter(other -> !isOver(line, standing))
                .map(other -> other.room()
                        .objectionTo(line.ask(price), Planned.NOTHING)
                        .map(Room.Objection::code)
                        .orElse(QuoteCheck.NO_FUNDS))
                .collect(Collectors.toSet());
    }

    private static String noFunds(Standing standing, Money price, Planned planned) {
        Money before = planned.total();
        return "the purchasing account's balance of "
                + Objects.requireNonNull(standing.balance()).toPlainString() + " USD does not cover " + price + " USD"
                + (before.equals(Money.ZERO) ? "" : " besides the " + before + " USD before it") + "; add credit";
    }

    private static boolean lacksFunds(@Nullable BigDecimal balance, Money price, Planned planned) {
        return balance != null && price.plus(planned.total()).isMoreThan(QuoteCheck.funds(balance));
    }

    /** An order bound to nobody can go to another purchasing account whose day or month has room. */
    static boolean isRoomElsewhere(Line line, Money price, Standing standing) {
        return line.account() == null
                && !isOver(line, standing)
                && standing.elsewhere().stream()
                        .anyMatch(other -> other.room()
                                        .objectionTo(line.ask(price), Planned.NOTHING)
                                        .isEmpty()
                                && !lacksFunds(other.balance(), price, Planned.NOTHING));
    }

    private static boolean isOver(Line line, Standing standing) {
        Instant end = line.spec().end();
        return end != null && !end.isAfter(standing.now());
    }
}
