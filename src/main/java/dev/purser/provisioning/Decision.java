package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.Bought;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    static final Duration POLL = Duration.ofMillis(250);
    /** An account at work reads what was bought with every checkout; an idle one now and then, for what a person bought. */
    private static final Duration LOOK_AGE = Duration.ofMinutes(10);

    private final Standing standing;
    private final Seen seen;
    private final Settings settings;
    private final boolean answering;
    private final CartCheck cart;
    private final MoneyCheck money;
    private final AddCheck adds;

    private Decision(Standing standing, Seen seen, Settings settings, boolean answering) {
        this.standing = standing;
        this.seen = seen;
        this.settings = settings;
        this.answering = answering;
        this.cart = new CartCheck(standing, seen, settings);
        this.money = new MoneyCheck(standing, seen, settings, answering);
        this.adds = new AddCheck(standing, seen, settings);
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
                        decision::letCancelWhilePaused,
                        decision::stayPaused,
                        decision::readCart,
                        decision::rejectCulprit,
                        decision.cart::tidy,
                        decision.adds::awaitOpenAdds,
                        decision.money::holdWhatDoesNotFit,
                        decision.money::releaseWhatFits,
                        decision.money::askBalance,
                        decision.adds::add,
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

    /** An order is cancelled only when nothing can come of its addition any more; nothing here buys. */
    private Optional<Action> letCancelWhilePaused() {
        Set<Long> toCancel = standing.toCancel();
        return standing.paused() && standing.openAdds().stream().anyMatch(add -> toCancel.contains(add.orderRef()))
                ? adds.awaitOpenAdds()
                : Optional.empty();
    }

    private Optional<Action> stayPaused() {
        return standing.paused() || !standing.everyoneLooked() ? Optional.of(new Action.Wait(POLL)) : Optional.empty();
    }

    private Optional<Action> readCart() {
        return seen.cart().current() ? Optional.empty() : Optional.of(new Action.ReadCart());
    }

    /** One that is not in the cart any more is asked about first. */
    private Optional<Action> rejectCulprit() {
        return seen.suspicion().isFound()
                ? seen.suspicion().suspects(standing.inCart()).stream()
                        .filter(cart::isLive)
                        .findFirst()
                        .map(line -> cart.isAnyIntruderTicked() ? new Action.SearchAnew() : culprit(line))
                : Optional.empty();
    }

    /** The partner is told no only where CoCalc's words are about what was ordered. */
    private Action culprit(Line line) {
        Optional<String> changed = seen.cart().items().stream()
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

    private Optional<Action> buy() {
        if (standing.inCart().isEmpty()) {
            return Optional.empty();
        }
        List<Line> payable = seen.payable(standing, settings);
        if (payable.isEmpty()) {
            return Optional.of(new Action.Wait(POLL));
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
                .<Action>map(quote -> new QuoteCheck(standing, payable, settings).next(quote))
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
