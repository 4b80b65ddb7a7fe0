package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.Quote;
import dev.purser.kernel.OrderToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at CoCalc under the present lease. Begins empty after a crash or a new lease: then everything is looked at again.
 *
 * @param lookedFor the orders that were to be cancelled when cart and purchases were read last; null: not read since the lease began
 * @param bought items that were read as bought and are not settled yet
 * @param quote the answer to the question that was asked last, and only then
 * @param paid what CoCalc answered to the open checkout
 * @param readBack what was bought, as read after the open checkout's answer or its quiet time
 * @param suspicion the search for the item that makes CoCalc refuse the whole cart
 * @param bill what the ledger said when it was asked last
 * @param settled items whose purchase was settled under this lease and read lately: whoever reads them again need not look up their orders
 */
record Seen(
        @Nullable Set<Long> lookedFor,
        LiveCart cart,
        List<CartItem> bought,
        Optional<Quote> quote,
        @Nullable Paid paid,
        Optional<List<CartItem>> readBack,
        Suspicion suspicion,
        Bill bill,
        Set<Long> settled) {

    static final Seen NOTHING = new Seen(
            null,
            LiveCart.UNREAD,
            List.of(),
            Optional.empty(),
            null,
            Optional.empty(),
            Suspicion.NONE,
            Bill.NONE,
            Set.of());

    record Paid(long checkout, Answer<Boolean> answer) {}

    /** An item of it was in the cart, or was added, at the last look or since: somebody may have bought that. */
    boolean mayHaveLeft(Line line, Standing standing, Settings settings) {
        return standing.addedSinceLook().containsKey(line.ref())
                || cart.sinceLook().contains(new OrderToken(settings.instance(), line.orderId()));
    }

    /** Also one that is in no cart: somebody may have put an item of it back and paid it since anybody looked. */
    boolean isLookedFor(Line line) {
        return lookedFor != null && lookedFor.contains(line.ref());
    }

    /** A wish that has ended counts no more, and the next wish for the same order wants its own look. */
    Seen withWishes(Standing standing) {
        if (lookedFor == null || lookedFor.isEmpty()) {
            return this;
        }
        Set<Long> wished = standing.toCancel();
        Set<Long> still = lookedFor.stream().filter(wished::contains).collect(Collectors.toSet());
        return new Seen(still, cart, bought, quote, paid, readBack, suspicion, bill, settled);
    }

    boolean looked() {
        return lookedFor != null;
    }

    /** Which orders' items are ticked, quoted and paid next: others that are in the cart wait for an answer. */
    List<Line> payable(Standing standing, Settings settings) {
        return suspicion.among(standing.payable(settings.quiet())).stream()
                .limit(settings.batch())
                .toList();
    }

    /** @param toCancel the orders that were to be cancelled before that */
    Seen afterLook(List<CartItem> live, List<CartItem> purchased, Instant at, Set<Long> toCancel) {
        LiveCart read = LiveCart.looked(live, at);
        return new Seen(toCancel, read, purchased, Optional.empty(), paid, readBack, suspicion, bill, settled);
    }

    Seen withCart(List<CartItem> live, Instant at) {
        return having(cart.read(live, at));
    }

    Seen cartChanged() {
        return having(cart.changed());
    }

    private Seen having(LiveCart now) {
        return new Seen(lookedFor, now, bought, Optional.empty(), paid, readBack, suspicion, bill, settled);
    }

    Seen withQuote(Quote answer) {
        return new Seen(lookedFor, cart, bought, Optional.of(answer), paid, readBack, suspicion, bill, settled);
    }

    Seen withoutQuote() {
        return having(cart);
    }

    Seen withPaid(Paid answer) {
        return new Seen(lookedFor, cart, bought, Optional.empty(), answer, Optional.empty(), suspicion, bill, settled);
    }

    Seen withReadBack(List<CartItem> purchased) {
        Optional<List<CartItem>> read = Optional.of(purchased);
        return new Seen(lookedFor, cart, bought, Optional.empty(), paid, read, suspicion, bill, settled);
    }

    Seen withoutReadBack() {
        return new Seen(lookedFor, cart, bought, Optional.empty(), paid, Optional.empty(), suspicion, bill, settled);
    }

    /**
     * @param clean every line was bought as quoted: what remains in the cart is known without another look
     * @param ours the items that it bought
     */
    Seen afterCheckout(boolean clean, Set<Long> ours) {
        Set<Long> gone = readBack.orElse(List.of()).stream().map(CartItem::id).collect(Collectors.toSet());
        LiveCart left = cart.without(readBack.orElse(List.of()));
        Set<Long> known = Stream.concat(
                        ours.stream(), settled.stream().filter(item -> readBack.isEmpty() || gone.contains(item)))
                .collect(Collectors.toSet());
        return new Seen(
                lookedFor,
                clean ? left : left.changed(),
                readBack.orElse(bought).stream()
                        .filter(item -> !known.contains(item.id()))
                        .toList(),
                Optional.empty(),
                null,
                Optional.empty(),
                suspicion,
                bill,
                known);
    }

    Seen afterSettling() {
        return withBought(List.of()).cartChanged();
    }

    Seen withBought(List<CartItem> items) {
        return new Seen(lookedFor, cart, items, quote, paid, readBack, suspicion, bill, settled);
    }

    Seen withBill(Bill ledger) {
        return new Seen(lookedFor, cart, bought, quote, paid, readBack, suspicion, ledger, settled);
    }

    Seen passing(List<Long> orders, boolean paid) {
        return suspecting(suspicion.passed(orders, paid));
    }

    Seen unsuspecting() {
        return suspecting(Suspicion.NONE).withoutQuote();
    }

    Seen suspecting(List<Long> orders, Suspicion.Words words) {
        return suspecting(suspicion.refused(orders, words)).cartChanged();
    }

    private Seen suspecting(Suspicion now) {
        return new Seen(lookedFor, cart, bought, quote, paid, readBack, now, bill, settled);
    }
}
