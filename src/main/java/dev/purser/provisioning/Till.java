package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.LedgerLine;
import dev.purser.cocalc.Quote;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.PaidLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Carries actions out for one turn: asks CoCalc, writes down, and leaves what was seen for the next turn. Decides nothing. */
final class Till implements Action.Hands {

    private static final Logger LOG = Logger.getLogger(Till.class);

    /** Around a window of purchases, for clocks that differ. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    /** Balances carry six significant digits (a CoCalc fact). */
    private static final MathContext PRINTED = new MathContext(6);

    /** A balance that did not change is written down so often, for whoever asks how old it is. */
    private static final Duration BALANCE_LASTS = Duration.ofSeconds(10);

    /** More than so many since the last look, and a page of the ledger may not hold them; then it is asked for less. */
    private static final int LEDGER_LINES = 200;

    private final Desk desk;
    private final Lease lease;
    private final Standing standing;
    private long quotedAt;
    private Seen seen;
    private Duration rest = Duration.ZERO;

    /** What a till works with. @param signOfLife renews the lease when it is due */
    record Desk(
            CoCalc cocalc,
            Store store,
            Accounts accounts,
            Settings settings,
            Pacing pacing,
            Trouble trouble,
            Runnable signOfLife) {

        Desk withSignOfLife(Runnable renewal) {
            return new Desk(cocalc, store, accounts, settings, pacing, trouble, renewal);
        }
    }

    /** @param quotedAt when the quote of the turn before was answered, by this machine's timer */
    Till(Desk desk, Lease lease, Standing standing, Seen seen, long quotedAt) {
        this.desk = desk;
        this.lease = lease;
        this.standing = standing;
        this.seen = seen;
        this.quotedAt = quotedAt;
    }

    /** Some actions ask many questions; the lease must last for all of them. */
    private CoCalc cocalc() {
        desk.signOfLife().run();
        return desk.cocalc();
    }

    Seen seen() {
        return seen;
    }

    /** When the quote that is seen was answered, by this machine's timer. */
    long quotedAt() {
        return quotedAt;
    }

    /** How long nothing needs to be done. */
    Duration resting() {
        return rest;
    }

    @Override
    public void rest(Action.Wait wait) {
        rest = wait.time();
        seen = wait.readAgain() ? seen.withoutReadBack() : seen;
    }

    @Override
    public void look(Action.Look look) {
        Instant lookedAt = standing.lookedAt();
        // The cart first: what somebody buys meanwhile is in both then. The other way round it would be in neither.
        value(cart()).ifPresent(cart -> {
            Answer<List<CartItem>> bought = lookedAt == null
                    ? cocalc().everPurchased()
                    : cocalc().recentPurchases(
                                    Duration.between(lookedAt, standing.now()).plus(SLACK));
            value(witness().list(bought)).ifPresent(items -> {
                desk.store().books().looked(lease, items, standing.now());
                seen = seen.afterLook(cart, items, standing.now());
            });
        });
    }

    private Answer<List<CartItem>> cart() {
        return witness().list(cocalc().cart());
    }

    private Answer<CartItem> cartItem(long id) {
        return witness().item(cocalc().cartItem(id));
    }

    private Witness witness() {
        return new Witness(cocalc(), lease.account().id());
    }

    @Override
    public void settle(Action.Settle settle) {
        settle.bought()
                .forEach(b -> LOG.warnf(
                        "order %s was bought outside a checkout of this run: cart item %d, license %s",
                        b.line().orderId(), b.itemId(), b.license()));
        desk.store().books().settle(lease, settle.bought(), this::owner);
        seen = seen.afterSettling();
    }

    private PurchasingAccount owner(Bought bought) {
        return desk.accounts().byId(bought.account()).orElse(lease.account());
    }

    @Override
    public void adopt(Action.Adopt adopt) {
        desk.store().books().adopt(lease, adopt.items());
    }

    @Override
    public void removeExtra(Action.RemoveExtra extra) {
        seen = seen.cartChanged();
        extra.items().forEach(item -> value(cocalc().remove(item)));
    }

    @Override
    public void untick(Action.Untick untick) {
        desk.store().books().noteTicks(lease, untick.foreign());
        seen = seen.cartChanged();
        untick.foreign().forEach(item -> value(cocalc().tick(item.id(), false)));
    }

    @Override
    public void retick(Action.Retick retick) {
        seen = seen.cartChanged();
        for (long item : retick.items()) {
            desk.store().books().noteRetick(lease, item);
            value(cocalc().tick(item, true))
                    .ifPresent(changed -> desk.store().books().tickRestored(lease, item));
        }
    }

    @Override
    public void tickOurs(Action.TickOurs tick) {
        seen = seen.cartChanged();
        tick.items().forEach(item -> value(cocalc().tick(item, true)));
    }

    @Override
    public void untickOurs(Action.UntickOurs untick) {
        seen = seen.cartChanged();
        untick.items().forEach(item -> value(cocalc().tick(item, false)));
    }

    @Override
    public void reject(Action.Reject reject) {
        desk.store().books().holding(lease, List.of(new Held(reject.line(), Books.REFUSED, reject.words(), null)));
        if (isOutOfTheCart(reject.line())) {
            desk.store().books().reject(lease, reject.line(), reject.words());
            seen = seen.unsuspecting();
        }
    }

    @Override
    public void examine(Action.Examine examine) {
        Examined examined = examined(examine.missing());
        List<Held> gone = Stream.concat(
                        examined.unbought().stream()
                                .map(line -> held(
                                        line,
                                        Books.ITEM_REMOVED,
                                        "was removed from the cart; look there before it is ordered again")),
                        examined.pending().stream()
                                .map(line -> held(
                                        line,
                                        "payment_pending",
                                        "waits for a payment by card that somebody has begun at CoCalc; when that is"
                                                + " paid, the order is bought, and until it is given up there, do not"
                                                + " retry")))
                .toList();
        desk.store().books().settle(lease, examined.bought(), this::owner);
        desk.store().books().hold(lease, gone);
        examined.unbought().stream()
                .filter(Line::cancelAsked)
                .forEach(line -> desk.store().books().removed(lease, Objects.requireNonNull(line.itemId())));
        seen = seen.cartChanged();
    }

    private static Held held(Line line, String code, String what) {
        return new Held(line, code, "cart item " + line.itemId() + " " + what, line.quotedCost());
    }

    /**
     * What the items of these lines read as; a line is in no list when no useful answer came.
     *
     * @param pending somebody has begun to pay it by card
     */
    private record Examined(List<Bought> bought, List<Line> unbought, List<Line> pending) {}

    private Examined examined(List<Line> lines) {
        List<Bought> bought = new ArrayList<>();
        List<Line> unbought = new ArrayList<>();
        List<Line> pending = new ArrayList<>();
        for (Line line : lines) {
            Answer<CartItem> answer = cartItem(Objects.requireNonNull(line.itemId()));
            boolean deleted = Witness.isNotFound(answer);
            Optional<CartItem> item = deleted ? Optional.empty() : value(answer);
            Optional<UUID> license = item.flatMap(CartItem::boughtLicense);
            if (license.isPresent()) {
                Instant at = Objects.requireNonNull(item.get().purchased()).time();
                bought.add(new Bought(line, lease.account().id(), item.get().id(), license.get(), at));
            } else if (deleted || item.isPresent() && item.get().purchased() == null) {
                unbought.add(line);
            } else if (item.isPresent()) {
                pending.add(line);
            }
        }
        return new Examined(bought, unbought, pending);
    }

    @Override
    public void takeOut(Action.TakeOut takeOut) {
        takeOut.orders().forEach(this::isOutOfTheCart);
    }

    @Override
    public void cancel(Action.Cancel cancel) {
        List<Line> withItem =
                cancel.orders().stream().filter(line -> line.itemId() != null).toList();
        Examined examined = examined(withItem);
        desk.store().books().settle(lease, examined.bought(), this::owner);
        desk.store()
                .books()
                .cancel(
                        lease,
                        cancel.orders().stream()
                                .filter(line -> line.itemId() == null
                                        || examined.unbought().contains(line))
                                .toList());
    }

    @Override
    public void hold(Action.Hold hold) {
        List<Held> inside = hold.orders().stream()
                .filter(held -> held.line().state() == OrderState.IN_CART)
                .toList();
        desk.store().books().holding(lease, inside);
        List<Held> free = hold.orders().stream()
                .filter(held -> isOutOfTheCart(held.line()))
                .toList();
        desk.store().books().hold(lease, free);
    }

    /** Where it was in it, it is removed, and the answer said so; or it had been removed before, unbought. */
    private boolean isOutOfTheCart(Line line) {
        Long item = line.itemId();
        if (item == null || line.state() != OrderState.IN_CART) {
            return true;
        }
        seen = seen.cartChanged();
        Optional<Integer> removed = value(cocalc().remove(item));
        boolean isOut = removed.isPresent() && (removed.get() == 1 || isUnbought(item));
        if (isOut) {
            desk.store().books().removed(lease, item);
        }
        return isOut;
    }

    private boolean isUnbought(long item) {
        Answer<CartItem> answer = cartItem(item);
        return answer instanceof Answer.Done<CartItem> done
                ? done.value().purchased() == null
                : Witness.isNotFound(answer);
    }

    @Override
    public void release(Action.Release release) {
        desk.store().books().release(lease, release.orders());
    }

    @Override
    public void askBalance(Action.AskBalance ask) {
        value(cocalc().balance()).ifPresent(balance -> desk.store().accounts().balance(lease.account(), balance));
    }

    @Override
    public void add(Action.Add add) {
        long observed = desk.pacing().nanos();
        List<Planned> planned = desk.store().adds().plan(lease, add.orders());
        if (planned.isEmpty()) {
            return;
        }
        seen = seen.cartChanged();
        Adding adding = new Adding(desk.cocalc(), desk.settings(), desk.pacing(), desk.signOfLife());
        desk.store().adds().answered(lease, adding.send(planned, add.notBefore(), standing.now(), observed));
        if (adding.stopped() != null) {
            desk.trouble().met(adding.stopped(), adding.retryAfter());
        }
    }

    @Override
    public void giveUpAdds(Action.GiveUpAdds adds) {
        desk.store().adds().giveUp(lease, adds.adds());
    }

    @Override
    public void readCart(Action.ReadCart read) {
        value(cart()).ifPresent(items -> seen = seen.withCart(items, standing.now()));
    }

    @Override
    public void askQuote(Action.AskQuote ask) {
        Answer<Quote> answer = cocalc().quote();
        if (isSuspected(answer, payable())) {
            return;
        }
        value(answer).ifPresent(this::quoted);
        if (answer instanceof Answer.Refused<Quote> no && no.refusal() == Refusal.UNLISTED) {
            suspect(payable(), Suspicion.unlisted(no.text(), false));
        }
    }

    /** In words that nobody has recorded. */
    private void suspect(List<Long> orders, Suspicion.Words words) {
        if (seen.suspicion().isNarrowedBy(orders)) {
            desk.trouble().closer();
        }
        seen = seen.suspecting(orders, words);
    }

    private List<Long> payable() {
        return seen.suspicion().among(standing.inCart()).stream().map(Line::ref).toList();
    }

    /** CoCalc says that one of these items cannot be priced or sold, and so sells none. */
    private boolean isSuspected(Answer<?> answer, List<Long> orders) {
        if (answer instanceof Answer.Refused<?> no && no.refusal() == Refusal.BAD_ITEM) {
            LOG.warnf("%s: one of %d items is refused: %s", lease.account().name(), orders.size(), no.text());
            desk.trouble().over();
            seen = seen.suspecting(orders, Suspicion.listed(no.text()));
            return true;
        }
        return false;
    }

    private void quoted(Quote quote) {
        // Before anything is written down: that may take long, and the quote grows old meanwhile.
        quotedAt = desk.pacing().nanos();
        seen = seen.withQuote(quote).passing(payable(), false);
        if (quote.balance() != null && !isKnown(quote.balance())) {
            desk.store().accounts().balance(lease.account(), quote.balance());
        }
    }

    /** It is what was printed before, less what was bought since, as far as CoCalc prints it. */
    private boolean isKnown(BigDecimal balance) {
        return standing.balance() != null
                && standing.balance().round(PRINTED).compareTo(balance.round(PRINTED)) == 0
                && standing.balanceAt() != null
                && standing.balanceAt().plus(BALANCE_LASTS).isAfter(standing.now());
    }

    /** The line that buys. Once for each written checkout, within two seconds of it, by the lease's holder. */
    @Override
    public void pay(Action.Pay pay) {
        seen = seen.withoutQuote();
        long begun = desk.pacing().nanos();
        if (begun - quotedAt > Settings.PAY_WITHIN.toNanos()) {
            // Too much may have changed since: quoted anew in the next turn.
            return;
        }
        OptionalLong written = desk.store().books().writeDown(lease, pay);
        if (written.isEmpty()) {
            return;
        }
        Answer<Boolean> answer = desk.pacing().nanos() - begun < Settings.PAY_WITHIN.toNanos()
                ? desk.cocalc().checkout()
                : new Answer.NotSent<>("more than two seconds passed since it was written down");
        seen = seen.withPaid(new Seen.Paid(written.getAsLong(), answer));
    }

    @Override
    public void callOff(Action.CallOff callOff) {
        desk.store().books().callOff(lease, callOff.checkout(), callOff.why());
        Seen.Paid paid = seen.paid();
        seen = seen.afterCheckout(false, Set.of());
        List<Long> orders =
                callOff.checkout().lines().stream().map(PaidLine::orderRef).toList();
        if (paid == null || !isSuspected(paid.answer(), orders)) {
            desk.trouble().checkoutRefused(callOff.why());
        }
    }

    @Override
    public void doubt(Action.Doubt doubt) {
        LOG.warnf(
                "checkout %d of %s: %s", doubt.checkout().id(), lease.account().name(), doubt.why());
        desk.store().books().doubt(lease, doubt.checkout(), doubt.why());
        seen = seen.withoutReadBack().cartChanged();
    }

    @Override
    public void disarm(Action.Disarm disarm) {
        seen = seen.cartChanged();
        value(cart()).ifPresent(cart -> {
            desk.store().books().noteTicks(lease, tickedForeign(cart, disarm));
            value(cocalc().untickAll()).ifPresent(count -> desk.store().books().disarmed(lease, disarm.checkout()));
        });
    }

    private static List<CartItem> tickedForeign(List<CartItem> cart, Action.Disarm disarm) {
        List<Long> ours =
                disarm.checkout().lines().stream().map(PaidLine::itemId).toList();
        return cart.stream()
                .filter(item -> item.checked() && !ours.contains(item.id()))
                .toList();
    }

    @Override
    public void readBack(Action.ReadBack readBack) {
        Standing.Checkout checkout = readBack.checkout();
        boolean doubted = checkout.state() != Standing.Checkout.State.PAYING;
        if (doubted && !isStillUs()) {
            return;
        }
        if (doubted || !isBilled(checkout)) {
            Duration window =
                    Duration.between(lookedBefore(checkout), standing.now()).plus(SLACK);
            value(cocalc().recentPurchases(window))
                    .flatMap(recent -> complete(checkout, recent))
                    .ifPresent(items -> {
                        desk.store().books().looked(lease, items, standing.now());
                        seen = seen.withReadBack(items);
                    });
        }
    }

    private Instant lookedBefore(Standing.Checkout checkout) {
        Instant lookedAt = standing.lookedAt();
        return lookedAt != null && lookedAt.isBefore(checkout.writtenAt()) ? lookedAt : checkout.writtenAt();
    }

    /** The ledger tells what the cart items tell, and how often each was bought; it is asked where it may be, and answers at once. */
    private boolean isBilled(Standing.Checkout checkout) {
        Instant wide = lookedBefore(checkout).minus(SLACK);
        boolean isWide = standing.addedLately() < LEDGER_LINES;
        Instant since = isWide && wide.isBefore(checkout.billFrom()) ? wide : checkout.billFrom();
        Optional<List<LedgerLine>> lines = ledger().onePage(since);
        seen = seen.withBill(new Bill(standing.now(), since, lines));
        List<CartItem> sold = lines.stream()
                .flatMap(List::stream)
                .flatMap(line -> line.sold().stream())
                .toList();
        Set<Long> items = sold.stream().map(CartItem::id).collect(Collectors.toSet());
        if (!checkout.lines().stream().allMatch(line -> items.contains(line.itemId()))) {
            return false;
        }
        desk.trouble().over();
        List<CartItem> fresh = sold.stream()
                .filter(item -> !seen.settled().contains(item.id()))
                .toList();
        if (since.equals(wide)) {
            desk.store().books().looked(lease, fresh, standing.now());
        } else {
            desk.store().accounts().remember(lease.account(), fresh);
        }
        seen = seen.withReadBack(sold);
        return true;
    }

    private LedgerReading ledger() {
        return new LedgerReading(desk, lease, standing);
    }

    @Override
    public void readLedger(Action.ReadLedger read) {
        seen = seen.withBill(new Bill(standing.now(), read.since(), ledger().everything(read.since())));
    }

    @Override
    public void bookBill(Action.BookBill bill) {
        desk.store().bills().book(lease, bill.verdicts());
        bill.verdicts().stream()
                .map(Bill.Verdict::objection)
                .filter(Objects::nonNull)
                .forEach(objection ->
                        LOG.errorf("%s is paused: %s", lease.account().name(), objection));
    }

    /** An empty answer is trusted only from somebody who is known there. */
    private boolean isStillUs() {
        Optional<CoCalc.Identity> identity = value(cocalc().identity());
        boolean us = identity.filter(
                        known -> known.accountId().equals(lease.account().id()))
                .isPresent();
        if (identity.isPresent() && !us) {
            value(new Answer.NotSignedIn<>("the key belongs to another CoCalc account"));
        }
        return us;
    }

    /** What the list lacks is asked one by one; empty when one of those answers is lacking. */
    private Optional<List<CartItem>> complete(Standing.Checkout checkout, List<CartItem> recent) {
        List<Long> known = recent.stream().map(CartItem::id).toList();
        List<CartItem> asked = new ArrayList<>();
        for (PaidLine line : checkout.lines()) {
            if (!known.contains(line.itemId())) {
                Answer<CartItem> answer = cocalc().cartItem(line.itemId());
                if (answer instanceof Answer.Done<CartItem> done) {
                    asked.add(done.value());
                } else if (!(answer instanceof Answer.Refused<CartItem> no) || no.refusal() != Refusal.NOT_FOUND) {
                    desk.trouble().met(answer.summary());
                    return Optional.empty();
                }
            }
        }
        return Optional.of(Stream.concat(recent.stream(), asked.stream()).toList());
    }

    @Override
    public void close(Action.Close close) {
        desk.store().books().close(lease, close);
        Seen.Paid paid = seen.paid();
        if (!close.bought().isEmpty()) {
            desk.trouble().checkoutWentWell();
            seen = seen.passing(
                    close.bought().stream().map(bought -> bought.line().ref()).toList(), true);
        } else if (paid != null && paid.answer() instanceof Answer.Refused<Boolean> no) {
            // It is asked by now: nothing was bought.
            desk.trouble().checkoutRefused(no.text());
            suspect(close.notBought().stream().map(PaidLine::orderRef).toList(), Suspicion.unlisted(no.text(), true));
        } else {
            desk.trouble().checkoutRefused("checkout " + close.checkout().id() + " bought nothing");
        }
        boolean clean = close.checkout().state() == Standing.Checkout.State.PAYING;
        seen = seen.afterCheckout(
                clean && close.notBought().isEmpty(),
                close.bought().stream().map(Bought::itemId).collect(Collectors.toSet()));
        if (close.pause() != null) {
            LOG.errorf("%s is paused: %s", lease.account().name(), close.pause());
        }
    }

    private <T> Optional<T> value(Answer<T> answer) {
        if (answer instanceof Answer.Done<T> done) {
            desk.trouble().over();
            return Optional.of(done.value());
        }
        String said = KeyCheck.said(lease.account().name(), answer);
        desk.trouble().met(said);
        if (answer instanceof Answer.NotSignedIn) {
            desk.accounts().doubt(lease.account().name(), said);
        }
        return Optional.empty();
    }
}
