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
 * @param looked cart and purchases were read since the lease began
 * @param cart the live items as last read, less what we bought since
 * @param cartAt database time before that reading
 * @param cartCurrent nothing was added, removed or ticked since it was read
 * @param bought items that were read as bought and are not settled yet
 * @param quote the answer to the question that was asked last, and only then
 * @param paid what CoCalc answered to the open checkout
 * @param readBack what was bought, as read after the open checkout's answer or its quiet time
 * @param suspicion the search for the item that makes CoCalc refuse the whole cart
 * @param bill what the ledger said when it was asked last
 * @param settled items whose purchase was settled under this lease and read lately: whoever reads them again need not look up their orders
 * @param inCart whose items were in the cart at the last look or since
 */
record Seen(
        boolean looked,
        List<CartItem> cart,
        Instant cartAt,
        boolean cartCurrent,
        List<CartItem> bought,
        Optional<Quote> quote,
        @Nullable Paid paid,
        Optional<List<CartItem>> readBack,
        Suspicion suspicion,
        Bill bill,
        Set<Long> settled,
        Set<OrderToken> inCart) {

    static final Seen NOTHING = new Seen(
            false,
            List.of(),
            Instant.EPOCH,
            false,
            List.of(),
            Optional.empty(),
            null,
            Optional.empty(),
            Suspicion.NONE,
            Bill.NONE,
            Set.of(),
            Set.of());

    record Paid(long checkout, Answer<Boolean> answer) {}

    Seen afterLook(List<CartItem> live, List<CartItem> purchased, Instant at) {
        return new Seen(
                true,
                live,
                at,
                true,
                purchased,
                Optional.empty(),
                paid,
                readBack,
                suspicion,
                bill,
                settled,
                tokens(live).collect(Collectors.toSet()));
    }

    Seen withCart(List<CartItem> live, Instant at) {
        Set<OrderToken> all = Stream.concat(inCart.stream(), tokens(live)).collect(Collectors.toSet());
        return new Seen(
                looked, live, at, true, bought, Optional.empty(), paid, readBack, suspicion, bill, settled, all);
    }

    /** Whose items were read as bought, in this checkout or before, is known to be. */
    private Set<OrderToken> withoutBought() {
        Set<OrderToken> bought = tokens(readBack.orElse(List.of()).stream()
                        .filter(item -> item.boughtLicense().isPresent())
                        .toList())
                .collect(Collectors.toSet());
        return inCart.stream().filter(token -> !bought.contains(token)).collect(Collectors.toSet());
    }

    private static Stream<OrderToken> tokens(List<CartItem> items) {
        return items.stream().map(CartItem::description).map(OrderToken::find).flatMap(Optional::stream);
    }

    /** An item of it was in the cart when everything bought was read the last time, or later: somebody may have bought that since. */
    boolean mayHaveLeft(Line line, Settings settings) {
        return inCart.contains(new OrderToken(settings.instance(), line.orderId()));
    }

    Seen cartChanged() {
        return new Seen(
                looked,
                cart,
                cartAt,
                false,
                bought,
                Optional.empty(),
                paid,
                readBack,
                suspicion,
                bill,
                settled,
                inCart);
    }

    Seen withQuote(Quote answer) {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                Optional.of(answer),
                paid,
                readBack,
                suspicion,
                bill,
                settled,
                inCart);
    }

    Seen withoutQuote() {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                Optional.empty(),
                paid,
                readBack,
                suspicion,
                bill,
                settled,
                inCart);
    }

    Seen withPaid(Paid answer) {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                Optional.empty(),
                answer,
                Optional.empty(),
                suspicion,
                bill,
                settled,
                inCart);
    }

    Seen withReadBack(List<CartItem> purchased) {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                Optional.empty(),
                paid,
                Optional.of(purchased),
                suspicion,
                bill,
                settled,
                inCart);
    }

    /**
     * @param clean every line was bought as quoted: what remains in the cart is known without another look
     * @param ours the items that it bought
     */
    Seen afterCheckout(boolean clean, Set<Long> ours) {
        Set<Long> gone = readBack.orElse(List.of()).stream().map(CartItem::id).collect(Collectors.toSet());
        List<CartItem> left =
                cart.stream().filter(item -> !gone.contains(item.id())).toList();
        Set<Long> known = Stream.concat(
                        ours.stream(), settled.stream().filter(item -> readBack.isEmpty() || gone.contains(item)))
                .collect(Collectors.toSet());
        return new Seen(
                looked,
                left,
                cartAt,
                clean && cartCurrent,
                readBack.orElse(bought).stream()
                        .filter(item -> !known.contains(item.id()))
                        .toList(),
                Optional.empty(),
                null,
                Optional.empty(),
                suspicion,
                bill,
                known,
                withoutBought());
    }

    Seen afterSettling() {
        return new Seen(
                looked,
                cart,
                cartAt,
                false,
                List.of(),
                Optional.empty(),
                paid,
                readBack,
                suspicion,
                bill,
                settled,
                inCart);
    }

    Seen withoutReadBack() {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                Optional.empty(),
                paid,
                Optional.empty(),
                suspicion,
                bill,
                settled,
                inCart);
    }

    Seen withBought(List<CartItem> items) {
        return new Seen(
                looked, cart, cartAt, cartCurrent, items, quote, paid, readBack, suspicion, bill, settled, inCart);
    }

    Seen withBill(Bill ledger) {
        return new Seen(
                looked, cart, cartAt, cartCurrent, bought, quote, paid, readBack, suspicion, ledger, settled, inCart);
    }

    Seen passing(List<Long> orders, boolean paid) {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                quote,
                this.paid,
                readBack,
                suspicion.passed(orders, paid),
                bill,
                settled,
                inCart);
    }

    Seen unsuspecting() {
        return new Seen(
                looked,
                cart,
                cartAt,
                cartCurrent,
                bought,
                Optional.empty(),
                paid,
                readBack,
                Suspicion.NONE,
                bill,
                settled,
                inCart);
    }

    Seen suspecting(List<Long> orders, Suspicion.Words words) {
        return new Seen(
                looked,
                cart,
                cartAt,
                false,
                bought,
                Optional.empty(),
                paid,
                readBack,
                suspicion.refused(orders, words),
                bill,
                settled,
                inCart);
    }
}
