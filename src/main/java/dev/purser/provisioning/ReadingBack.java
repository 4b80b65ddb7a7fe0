package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.LedgerLine;
import dev.purser.cocalc.Refusal;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What did a checkout buy? Asked of the ledger where it may be asked, else of the cart items; and what the ledger tells later. */
final class ReadingBack {

    private static final Logger LOG = Logger.getLogger(ReadingBack.class);

    /** More than so many since the last look, and a page of the ledger may not hold them; then it is asked for less. */
    private static final int LEDGER_LINES = 200;

    private final Turn turn;
    private final Lease lease;
    private final Standing standing;

    ReadingBack(Turn turn) {
        this.turn = turn;
        this.lease = turn.lease();
        this.standing = turn.standing();
    }

    void readBack(Action.ReadBack readBack) {
        Checkout checkout = readBack.checkout();
        boolean doubted = checkout.state() != Checkout.State.PAYING;
        if (doubted && !isStillUs()) {
            return;
        }
        if (doubted || !isBilled(checkout)) {
            Duration window =
                    Duration.between(lookedBefore(checkout), standing.now()).plus(Turn.SLACK);
            turn.value(turn.cocalc().recentPurchases(window))
                    .flatMap(recent -> complete(checkout, recent))
                    .ifPresent(items -> {
                        turn.store()
                                .bought()
                                .looked(lease, items, turn.seen().cart().items(), standing.now());
                        turn.sees(seen -> seen.withReadBack(items));
                    });
        }
    }

    private Instant lookedBefore(Checkout checkout) {
        Instant lookedAt = standing.lookedAt();
        return lookedAt != null && lookedAt.isBefore(checkout.writtenAt()) ? lookedAt : checkout.writtenAt();
    }

    /** The ledger tells what the cart items tell, and how often each was bought; it is asked where it may be, and answers at once. */
    private boolean isBilled(Checkout checkout) {
        Instant wide = lookedBefore(checkout).minus(Turn.SLACK);
        boolean isWide = standing.addedLately() < LEDGER_LINES;
        Instant since = isWide && wide.isBefore(checkout.billFrom()) ? wide : checkout.billFrom();
        Optional<List<LedgerLine>> lines = ledger().onePage(since);
        turn.sees(seen -> seen.withBill(new Bill(standing.now(), since, lines)));
        List<CartItem> sold = lines.stream()
                .flatMap(List::stream)
                .flatMap(line -> line.sold().stream())
                .toList();
        Set<Long> items = sold.stream().map(CartItem::id).collect(Collectors.toSet());
        if (!checkout.lines().stream().allMatch(line -> items.contains(line.itemId()))) {
            return false;
        }
        turn.trouble().over();
        List<CartItem> fresh = sold.stream()
                .filter(item -> !turn.seen().settled().contains(item.id()))
                .toList();
        if (since.equals(wide)) {
            turn.store().bought().looked(lease, fresh, turn.seen().cart().items(), standing.now());
        } else {
            turn.store().bought().remember(lease.account(), fresh);
        }
        turn.sees(seen -> seen.withReadBack(sold));
        return true;
    }

    /** An empty answer is trusted only from somebody who is known there. */
    private boolean isStillUs() {
        Optional<CoCalc.Identity> identity = turn.value(turn.cocalc().identity());
        boolean us = identity.filter(
                        known -> known.accountId().equals(lease.account().id()))
                .isPresent();
        if (identity.isPresent() && !us) {
            turn.value(new Answer.NotSignedIn<>("the key belongs to another CoCalc account"));
        }
        return us;
    }

    /** What the list lacks is asked one by one; empty when one of those answers is lacking. */
    private Optional<List<CartItem>> complete(Checkout checkout, List<CartItem> recent) {
        List<Long> known = recent.stream().map(CartItem::id).toList();
        List<CartItem> asked = new ArrayList<>();
        for (PaidLine line : checkout.lines()) {
            if (!known.contains(line.itemId())) {
                Answer<CartItem> answer = turn.cocalc().cartItem(line.itemId());
                if (answer instanceof Answer.Done<CartItem> done) {
                    asked.add(done.value());
                } else if (!(answer instanceof Answer.Refused<CartItem> no) || no.refusal() != Refusal.NOT_FOUND) {
                    turn.trouble().met(answer.summary());
                    return Optional.empty();
                }
            }
        }
        return Optional.of(Stream.concat(recent.stream(), asked.stream()).toList());
    }

    void readLedger(Action.ReadLedger read) {
        Optional<List<LedgerLine>> lines = ledger().everything(read.since());
        turn.sees(seen -> seen.withBill(new Bill(standing.now(), read.since(), lines)));
    }

    private LedgerReading ledger() {
        return new LedgerReading(turn.desk(), lease, standing);
    }

    void bookBill(Action.BookBill bill) {
        turn.store().bills().book(lease, bill.verdicts());
        bill.verdicts().stream()
                .map(Bill.Verdict::objection)
                .filter(Objects::nonNull)
                .forEach(objection ->
                        LOG.errorf("%s is paused: %s", lease.account().name(), objection));
    }
}
