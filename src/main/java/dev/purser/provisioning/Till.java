package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.Quote;
import dev.purser.cocalc.Refusal;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Where a cart is quoted and paid, and what comes of that is written down. */
final class Till {

    private static final Logger LOG = Logger.getLogger(Till.class);

    /** Balances carry six significant digits (a CoCalc fact). */
    private static final MathContext PRINTED = new MathContext(6);

    /** A balance that did not change is written down so often, for whoever asks how old it is. */
    private static final Duration BALANCE_LASTS = Duration.ofSeconds(10);

    private final Turn turn;
    private final Lease lease;
    private final Checkouts checkouts;
    private final Pacing pacing;
    private final PoisonSearch search;

    Till(Turn turn, PoisonSearch search) {
        this.turn = turn;
        this.lease = turn.lease();
        this.checkouts = turn.store().checkouts();
        this.pacing = turn.desk().pacing();
        this.search = search;
    }

    void askQuote() {
        Answer<Quote> answer = turn.cocalc().quote();
        if (search.isSuspected(answer, search.payable())) {
            return;
        }
        turn.value(answer).ifPresent(this::quoted);
        if (answer instanceof Answer.Refused<Quote> no && no.refusal() == Refusal.UNLISTED) {
            search.suspect(search.payable(), Suspicion.unlisted(no.text(), false));
        }
    }

    private void quoted(Quote quote) {
        // Before anything is written down: that may take long, and the quote grows old meanwhile.
        turn.quotedNow();
        turn.sees(seen -> seen.withQuote(quote));
        search.pass(search.payable(), false);
        if (quote.balance() != null && !isKnown(quote.balance())) {
            turn.store().accounts().balance(lease.account(), quote.balance());
        }
    }

    /** It is what was printed before, less what was bought since, as far as CoCalc prints it. */
    private boolean isKnown(BigDecimal balance) {
        Standing standing = turn.standing();
        return standing.balance() != null
                && standing.balance().round(PRINTED).compareTo(balance.round(PRINTED)) == 0
                && standing.balanceAt() != null
                && standing.balanceAt().plus(BALANCE_LASTS).isAfter(standing.now());
    }

    /** The line that buys. Once for each written checkout, within two seconds of it, by the lease's holder. */
    void pay(Action.Pay pay) {
        turn.sees(Seen::withoutQuote);
        long begun = pacing.nanos();
        if (begun - turn.quotedAt() > Settings.PAY_WITHIN.toNanos()) {
            // Too much may have changed since: quoted anew in the next turn.
            return;
        }
        OptionalLong written = checkouts.writeDown(lease, pay);
        if (written.isEmpty()) {
            return;
        }
        Answer<Boolean> answer = pacing.nanos() - begun < Settings.PAY_WITHIN.toNanos()
                ? turn.desk().cocalc().checkout()
                : new Answer.NotSent<>("more than two seconds passed since it was written down");
        turn.sees(seen -> seen.withPaid(new Seen.Paid(written.getAsLong(), answer)));
    }

    void callOff(Action.CallOff callOff) {
        checkouts.callOff(lease, callOff.checkout(), callOff.why());
        Seen.Paid paid = turn.seen().paid();
        turn.sees(seen -> seen.afterCheckout(false, Set.of()));
        List<Long> orders =
                callOff.checkout().lines().stream().map(PaidLine::orderRef).toList();
        if (paid == null || !search.isSuspected(paid.answer(), orders)) {
            turn.trouble().checkoutRefused(callOff.why());
        }
    }

    void searchAnew() {
        turn.trouble().checkoutRefused("somebody ticks other items while the one that CoCalc refuses is searched for");
        turn.sees(Seen::unsuspecting);
    }

    void doubt(Action.Doubt doubt) {
        LOG.warnf(
                "checkout %d of %s: %s", doubt.checkout().id(), lease.account().name(), doubt.why());
        checkouts.doubt(lease, doubt.checkout(), doubt.why());
        turn.sees(seen -> seen.withoutReadBack().cartChanged());
    }

    void close(Action.Close close) {
        checkouts.close(lease, close);
        Seen.Paid paid = turn.seen().paid();
        if (!close.bought().isEmpty()) {
            turn.trouble().checkoutWentWell();
            search.pass(
                    close.bought().stream().map(bought -> bought.line().ref()).toList(), true);
        } else if (paid != null && paid.answer() instanceof Answer.Refused<Boolean> no) {
            // It is asked by now: nothing was bought.
            turn.trouble().checkoutRefused(no.text());
            search.suspect(
                    close.notBought().stream().map(PaidLine::orderRef).toList(), Suspicion.unlisted(no.text(), true));
        } else {
            turn.trouble().checkoutRefused("checkout " + close.checkout().id() + " bought nothing");
        }
        boolean clean = close.checkout().state() == Checkout.State.PAYING
                && close.notBought().isEmpty();
        turn.sees(seen -> seen.afterCheckout(
                clean, close.bought().stream().map(Bought::itemId).collect(Collectors.toSet())));
        if (close.pause() != null) {
            LOG.errorf("%s is paused: %s", lease.account().name(), close.pause());
        }
    }
}
