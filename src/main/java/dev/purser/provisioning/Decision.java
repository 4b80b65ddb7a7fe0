package dev.purser.provisioning;

import dev.purser.budget.Planned;
import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.OpenAdd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * From what is written down and what was seen, the one thing to do next. Pure: the same observation always gives the same action.
 *
 * <p>The order of the questions is the safety argument. An open checkout is resolved before anything else is touched; nothing is
 * added or paid before everything bought was looked at, nor while an addition may still arrive; and a payment only ever
 * follows a quote that was asked in the turn before and shows exactly our items.
 */
final class Decision {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration WORTH_WAITING = Duration.ofSeconds(3);
    private static final Duration BALANCE_AGE = Duration.ofMinutes(1);
    /** An account at work reads what was bought with every checkout; an idle one now and then, for what a person bought. */
    private static final Duration LOOK_AGE = Duration.ofMinutes(10);

    private static final Duration CART_AGE = Duration.ofSeconds(5);

    private final Standing standing;
    private final Seen seen;
    private final Settings settings;
    private final boolean answering;
    private final CartCheck cart;

    private Decision(Standing standing, Seen seen, Settings settings, boolean answering) {
        this.standing = standing;
        this.seen = seen;
        this.settings = settings;
        this.answering = answering;
        this.cart = new CartCheck(standing, seen, settings);
    }

    /** @param answering CoCalc's last answer to this account was a useful one */
    static Action decide(Standing standing, Seen seen, Settings settings, boolean answering) {
        Decision decision = new Decision(standing, seen, settings, answering);
        return Stream.<Supplier<Optional<Action>>>of(
                        decision::resolveOpenCheckout,
                        decision::look,
                        decision::settleBought,
                        new BillCheck(standing, seen, settings)::next,
                        decision.cart::cancel,
                        decision::stayPaused,
                        decision::readCart,
                        decision::rejectCulprit,
                        decision.cart::tidy,
                        decision::awaitOpenAdds,
                        decision::holdWhatDoesNotFit,
                        decision::releaseWhatFits,
                        decision::askBalance,
                        decision::add,
                        decision::buy,
                        decision::putTicksBack,
                        decision::probe)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(new Action.Wait(POLL));
    }

    private Optional<Action> resolveOpenCheckout() {
        return standing.openCheckout().map(open -> CheckoutCheck.next(open, standing, seen, settings));
    }

    private Optional<Action> look() {
        Instant lookedAt = standing.lookedAt();
        boolean fresh = lookedAt != null && lookedAt.plus(LOOK_AGE).isAfter(standing.now());
        return seen.looked() && fresh ? Optional.empty() : Optional.of(new Action.Look());
    }

    private Optional<Action> settleBought() {
        List<Bought> bought = new ArrayList<>(standing.boughtBefore());
        for (CartItem item : seen.bought()) {
            item.boughtLicense()
                    .flatMap(license -> cart.ours(item)
                            .filter(Line::isOpen)
                            .map(line -> new Bought(
                                    line,
                                    standing.account().id(),
                                    item.id(),
                                    license,
                                    Objects.requireNonNull(item.purchased()).time())))
                    .ifPresent(bought::add);
        }
        return bought.isEmpty() ? Optional.empty() : Optional.of(new Action.Settle(bought));
    }

    private Optional<Action> stayPaused() {
        return standing.paused() || !standing.everyoneLooked() ? Optional.of(new Action.Wait(POLL)) : Optional.empty();
    }

    private Optional<Action> readCart() {
        return seen.cartCurrent() ? Optional.empty() : Optional.of(new Action.ReadCart());
    }

    private Optional<Action> rejectCulprit() {
        return seen.suspicion().isFound()
                ? seen.suspicion().suspects(standing.inCart()).stream()
                        .findFirst()
                        .map(this::culprit)
                : Optional.empty();
    }

    /** The partner is told no only where CoCalc's words are about what was ordered. */
    private Action culprit(Line line) {
        Optional<String> changed = seen.cart().stream()
                .filter(item -> Objects.equals(item.id(), line.itemId()))
                .findFirst()
                .flatMap(item -> QuoteCheck.difference(line, item, settings));
        if (changed.isPresent()) {
            return new Action.Hold(List.of(new Held(line, QuoteCheck.ITEM_CHANGED, changed.get(), line.quotedCost())));
        }
        Suspicion.Words words = seen.suspicion().words();
        return words.listed()
                ? new Action.Reject(line, words.text())
                : new Action.Hold(List.of(new Held(
                        line,
                        "checkout_refused",
                        "CoCalc refuses to sell it, alone and twice, and says: " + words.text(),
                        line.quotedCost())));
    }

    /** An addition whose answer was lost may still arrive, and it arrives ticked: until then nothing is added and nothing paid. */
    private Optional<Action> awaitOpenAdds() {
        List<OpenAdd> over = new ArrayList<>();
        boolean waiting = false;
        for (OpenAdd add : standing.openAdds()) {
            Instant quietAt = add.sentAt().plus(Settings.ADD_WITHIN).plus(settings.quiet());
            if (seen.cartAt().isBefore(quietAt)) {
                waiting = true;
            } else {
                over.add(add);
            }
        }
        if (!over.isEmpty()) {
            return Optional.of(new Action.GiveUpAdds(over));
        }
        if (!waiting) {
            return Optional.empty();
        }
        boolean stale = seen.cartAt().plus(CART_AGE).isBefore(standing.now());
        return Optional.of(stale ? new Action.ReadCart() : new Action.Wait(POLL));
    }

    private Optional<Action> holdWhatDoesNotFit() {
        List<Held> holds = new ArrayList<>();
        Planned planned = planned(standing.inCart().stream());
        for (Line line : candidates()) {
            Money price = line.ownPrice();
            Optional<Held> objection = Fit.objection(line, price, planned, standing);
            if (objection.isEmpty()) {
                planned = planned.plus(line.ask(price));
            } else if (QuoteCheck.NO_FUNDS.equals(objection.get().code()) && isBalanceOld()) {
                return Optional.of(new Action.AskBalance());
            } else if (!Fit.isRoomElsewhere(line, price, standing)) {
                holds.add(objection.get());
            }
        }
        return holds.isEmpty() ? Optional.empty() : Optional.of(new Action.Hold(holds));
    }

    /** What fits goes on; what is bound here and has another reason to wait by now says so. */
    private Optional<Action> releaseWhatFits() {
        List<Line> fit = new ArrayList<>();
        List<Held> otherwise = new ArrayList<>();
        Planned planned = planned(Stream.concat(standing.inCart().stream(), candidates().stream()));
        for (Line line : releasable()) {
            Money price = line.quotedCost() == null
                    ? line.ownPrice()
                    : line.ownPrice().max(line.quotedCost());
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

    private static Planned planned(Stream<Line> lines) {
        return Planned.of(lines.map(Line::ask).toList());
    }

    private Optional<Action> askBalance() {
        boolean waiting = standing.held().stream().anyMatch(line -> QuoteCheck.NO_FUNDS.equals(line.code()));
        return waiting && isBalanceOld() ? Optional.of(new Action.AskBalance()) : Optional.empty();
    }

    private boolean isBalanceOld() {
        Instant asked = standing.balanceAt();
        return asked == null || asked.plus(BALANCE_AGE).isBefore(standing.now());
    }

    /** A total can exceed its lines by a cent each (a CoCalc fact). */
    private Money roundingOf(int released) {
        return Money.ofCents(
                (long) released + standing.inCart().size() + candidates().size());
    }

    private boolean isFunded(Line line, Money needed) {
        return !QuoteCheck.NO_FUNDS.equals(line.code())
                || standing.balance() != null && !needed.isMoreThan(QuoteCheck.funds(standing.balance()));
    }

    private Optional<Action> add() {
        if (!seen.suspicion().letsAdd(standing.inCart())) {
            return Optional.empty();
        }
        // Beside a suspect that is not paid, whatever the batch is.
        int free = settings.batch()
                - standing.inCart().size()
                + (int) seen.suspicion().waiting(standing.inCart());
        List<Line> fitting = new ArrayList<>();
        Planned planned = planned(standing.inCart().stream());
        for (Line line : candidates()) {
            if (fitting.size() < free
                    && Fit.objection(line, line.ownPrice(), planned, standing).isEmpty()) {
                planned = planned.plus(line.ask());
                if (!standing.isRemovalFresh(line, settings.quiet())) {
                    fitting.add(line);
                }
            }
        }
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        // Added before and not in the cart: somebody may have bought it since.
        if (fitting.stream().anyMatch(line -> standing.isToBeLookedFor(line, settings.quiet()))) {
            return Optional.of(new Action.Look());
        }
        boolean closed = fitting.size() >= free
                || standing.sinceNewestDue().isNegative()
                || standing.sinceNewestDue().compareTo(Settings.BATCH_CLOSES) >= 0;
        if (!closed) {
            return Optional.of(new Action.Wait(Duration.ofMillis(100)));
        }
        List<Duration> schedule = settings.throttle()
                .schedule(standing.counted(), standing.now(), fitting.size(), Settings.ADD_WITHIN.dividedBy(2));
        Duration next = schedule.get(0);
        if (next.isZero()) {
            return Optional.of(new Action.Add(List.copyOf(fitting.subList(0, schedule.size())), schedule));
        }
        boolean wait = standing.inCart().isEmpty() || next.compareTo(WORTH_WAITING) <= 0;
        return wait ? Optional.of(new Action.Wait(next.compareTo(POLL) < 0 ? next : POLL)) : Optional.empty();
    }

    /** Bound ones first: their account is settled. */
    private List<Line> candidates() {
        List<Long> open = standing.openAdds().stream().map(OpenAdd::orderRef).toList();
        return Stream.concat(standing.bound().stream(), standing.due().stream())
                .filter(line -> line.mayBeAddedBy(standing.account().id()))
                .filter(line -> !open.contains(line.ref()))
                .toList();
    }

    private Optional<Action> buy() {
        if (standing.inCart().isEmpty()) {
            return Optional.empty();
        }
        Instant reticked = standing.retickedAt();
        if (reticked != null && standing.now().isBefore(reticked.plus(settings.quiet()))) {
            return Optional.of(new Action.Wait(POLL));
        }
        // What the network has sent twice shows in the ledger: for a while nothing more is paid before that was read.
        if (standing.billing().unproven().stream()
                .anyMatch(checkout -> BillCheck.isUnread(checkout, standing, settings))) {
            return Optional.of(new Action.Wait(POLL));
        }
        return Optional.of(seen.quote()
                .<Action>map(quote ->
                        new QuoteCheck(standing, seen.suspicion().among(standing.inCart()), settings).next(quote))
                .orElseGet(Action.AskQuote::new));
    }

    private Optional<Action> putTicksBack() {
        Instant reticked = standing.retickedAt();
        // One whose answer was lost may still arrive; an answer to the next would make us forget that.
        boolean underWay = reticked != null && standing.now().isBefore(reticked.plus(settings.quiet()))
                // A payment that the network has sent once more would take along what is ticked by then.
                || standing.billing().unproven().stream().anyMatch(checkout -> standing.now()
                        .isBefore(checkout.answeredAt().plus(settings.quiet())));
        return standing.foreignTicks().isEmpty() || underWay
                ? Optional.empty()
                : Optional.of(new Action.Retick(standing.foreignTicks()));
    }

    /** With nothing else to ask, whether CoCalc answers again. */
    private Optional<Action> probe() {
        return answering ? Optional.empty() : Optional.of(new Action.AskBalance());
    }
}
