package dev.purser.provisioning;

import dev.purser.budget.Planned;
import dev.purser.budget.Prices;
import dev.purser.kernel.Money;
import dev.purser.provisioning.Action.Hold.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What no limit and no balance allows is held before it costs an addition, and goes on when there is room or money again. */
final class MoneyCheck {

    private static final Duration BALANCE_AGE = Duration.ofMinutes(1);

    private final Standing standing;
    private final Seen seen;
    private final Settings settings;
    private final boolean answering;

    MoneyCheck(Standing standing, Seen seen, Settings settings, boolean answering) {
        this.standing = standing;
        this.seen = seen;
        this.settings = settings;
        this.answering = answering;
    }

    Optional<Action> holdWhatDoesNotFit() {
        List<Held> holds = new ArrayList<>();
        Planned planned = Fit.planned(standing.inCart().stream());
        for (Line line : standing.candidates()) {
            Money price = line.ownPrice();
            Optional<Held> objection = Fit.objection(line, price, planned, standing);
            if (objection.isEmpty()) {
                planned = planned.plus(line.ask(price));
            } else if (QuoteCheck.NO_FUNDS.equals(objection.get().code()) && isBalanceOld()) {
                return Optional.of(new Action.AskBalance());
            } else if (!Fit.isRoomElsewhere(line, price, standing)) {
                holds.add(asQuoted(objection.get()));
            }
        }
        // Added before and not in the cart: a held order may be cancelled at once, so whether somebody has bought it is
        // asked before.
        if (holds.stream().map(Held::line).anyMatch(line -> seen.mayHaveLeft(line, standing, settings))) {
            return Optional.of(new Action.Look());
        }
        return holds.isEmpty() ? Optional.empty() : Optional.of(new Action.Hold(holds));
    }

    /**
     * What CoCalc has quoted is not forgotten for our own price, where the two differ by its rounding alone: at that a person may
     * have bought it. One that was dearer for a while is: it would hold the order when CoCalc asks the old price again.
     */
    private static Held asQuoted(Held held) {
        Line line = held.line();
        Money asked = line.ask().amount();
        return asked.isMoreThan(Prices.atMost(line.spec())) ? held : new Held(line, held.code(), held.message(), asked);
    }

    /** What fits goes on; what is bound here and has another reason to wait by now says so. */
    Optional<Action> releaseWhatFits() {
        List<Line> fit = new ArrayList<>();
        List<Held> otherwise = new ArrayList<>();
        Planned planned = Fit.planned(Stream.concat(standing.inCart().stream(), standing.candidates().stream()));
        for (Line line : releasable()) {
            Money price = line.ask().amount();
            if (!isFunded(line, price.plus(planned.total()).plus(roundingOf(fit.size() + 1)))) {
                continue;
            }
            Optional<Held> objection = Fit.objection(line, price, planned, standing);
            if (objection.isEmpty()) {
                fit.add(line);
                planned = planned.plus(line.ask(price));
            } else if (!objection.get().code().equals(line.code()) && !isSaidElsewhere(line, price)) {
                otherwise.add(objection.get());
            }
        }
        if (!fit.isEmpty()) {
            return Optional.of(new Action.Release(fit));
        }
        return otherwise.isEmpty() ? Optional.empty() : Optional.of(new Action.Hold(otherwise));
    }

    /** Two accounts with reasons of their own would reword an order that is bound to neither for ever. */
    private boolean isSaidElsewhere(Line line, Money price) {
        return line.account() == null
                && Fit.objectionsElsewhere(line, price, standing).contains(line.code());
    }

    /** An account that gets no answers leaves to the others what is bound to nobody; they would hold it again. */
    private List<Line> releasable() {
        return standing.held().stream()
                .filter(line -> answering || line.account() != null)
                .toList();
    }

    Optional<Action> askBalance() {
        boolean waiting = standing.held().stream().anyMatch(line -> QuoteCheck.NO_FUNDS.equals(line.code()));
        return waiting && isBalanceOld() ? Optional.of(new Action.AskBalance()) : Optional.empty();
    }

    private boolean isBalanceOld() {
        Instant asked = standing.balanceAt();
        return asked == null || asked.plus(BALANCE_AGE).isBefore(standing.now());
    }

    /** A total can exceed its lines by a cent each (a CoCalc fact). */
    private Money roundingOf(int released) {
        return Money.ofCents((long) released
                + standing.inCart().size()
                + standing.candidates().size());
    }

    private boolean isFunded(Line line, Money needed) {
        return !QuoteCheck.NO_FUNDS.equals(line.code())
                || standing.balance() != null && !needed.isMoreThan(QuoteCheck.funds(standing.balance()));
    }
}
