package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is written down about one purchasing account, read in one go.
 *
 * @param now the database's time
 * @param lookedAt until when everything bought has been read; null: never looked
 * @param balance in USD as CoCalc printed it last, less what was bought since; null until then
 * @param bound orders bound to this account that are RESOLVED, IN_CART, CHECKING_OUT or UNKNOWN
 * @param named the orders, of whatever state and account, whose tokens were seen at CoCalc
 * @param due RESOLVED orders bound to nobody, oldest first, at most a batch
 * @param sinceNewestDue how long ago the newest of all due orders became due
 * @param openAdds add intents of which nobody knows whether an item came of them
 * @param addedSinceLook orders that were added, or may have been, after everything bought was read the last time; and when last
 * @param addedLately how many were added in the last quarter of an hour, as far as that matters
 * @param counted the additions of the last hour, oldest first
 * @param boughtBefore due or bound orders whose token was seen bought, on whatever account
 * @param foreignTicks items of others that we unticked
 * @param retickedAt when one of them was last asked to be ticked again, and no answer said that it was
 * @param removals what was taken out of the cart of bound orders that are to be cancelled, added or paid
 * @param everyoneLooked everything that was ever bought on any configured account has been read since this instance started
 */
record Standing(
        Instant now,
        PurchasingAccount account,
        boolean paused,
        @Nullable Instant lookedAt,
        @Nullable BigDecimal balance,
        @Nullable Instant balanceAt,
        List<Line> bound,
        Map<OrderId, Line> named,
        List<Line> due,
        Duration sinceNewestDue,
        List<Line> held,
        List<OpenAdd> openAdds,
        Map<Long, Instant> addedSinceLook,
        int addedLately,
        List<Instant> counted,
        Optional<Checkout> openCheckout,
        List<Bought> boughtBefore,
        Set<Long> foreignTicks,
        @Nullable Instant retickedAt,
        Room room,
        List<Elsewhere> elsewhere,
        boolean everyoneLooked,
        Billing billing,
        List<Removal> removals) {

    /** Another purchasing account that could buy. @param balance as CoCalc printed it last; null: not known */
    record Elsewhere(Room room, @Nullable BigDecimal balance) {}

    /** An item of an order, which may have more than one. @param at from then on somebody's checkout that had begun may still buy it for the quiet time */
    record Removal(long orderRef, long itemId, Instant at) {}

    record OpenAdd(long orderRef, Instant sentAt) {}

    /** A token that was seen bought. */
    record Bought(
            Line line,
            UUID account,
            long itemId,
            UUID license,
            @Nullable Instant at) {}

    /**
     * A checkout that is not closed.
     *
     * @param disarmedAt database time of the disarm's answer
     * @param billFrom no line of its bill is older, by CoCalc's clock
     */
    record Checkout(
            long id,
            State state,
            Instant writtenAt,
            @Nullable Instant disarmedAt,
            List<PaidLine> lines,
            Instant billFrom) {

        enum State {
            PAYING,
            DOUBTED,
            DISARMED
        }
    }

    /**
     * What the ledger was asked, and has not proven yet.
     *
     * @param reads when it was asked in the last hour, oldest first: CoCalc throttles that question, too
     * @param unproven closed checkouts that bought something, oldest first
     */
    record Billing(List<Instant> reads, List<Unproven> unproven) {}

    /**
     * A closed checkout; the network may have delivered it once more, and only the ledger shows that.
     *
     * @param lines those whose orders it bought
     * @param items all that it was to buy
     * @param booked the ledger has shown its lines once
     * @param answeredAt from then on it takes the quiet time until nothing of it can still be booked
     */
    record Unproven(
            long checkout,
            boolean booked,
            Instant answeredAt,
            Instant billFrom,
            List<PaidLine> lines,
            Set<Long> items) {}

    record PaidLine(long orderRef, OrderId orderId, long itemId, Money price) {

        /** From columns. */
        static List<PaidLine> each(Long[] orderRefs, String[] orderIds, Long[] itemIds, BigDecimal[] prices) {
            return IntStream.range(0, orderRefs.length)
                    .mapToObj(line -> new PaidLine(
                            orderRefs[line], new OrderId(orderIds[line]), itemIds[line], new Money(prices[line])))
                    .toList();
        }
    }

    /** The orders that somebody wishes to be cancelled. */
    Set<Long> toCancel() {
        return bound.stream().filter(Line::cancelAsked).map(Line::ref).collect(Collectors.toSet());
    }

    /** Not those that were taken out to be cancelled. */
    List<Line> inCart() {
        return bound.stream()
                .filter(line -> line.state() == OrderState.IN_CART)
                .filter(line -> !line.cancelAsked() || !isTakenOut(line))
                .toList();
    }

    /** Those in the cart of which nobody can still buy another item. */
    List<Line> payable(Duration quiet) {
        return inCart().stream().filter(line -> !isRemovalUnproven(line, quiet)).toList();
    }

    /** What it was added for last came later than this item, which somebody has put back: that one may be bought. */
    boolean isOlderThanAddition(Line line, CartItem item) {
        Instant sent = addedSinceLook.get(line.ref());
        return sent != null
                && (item.added() == null
                        || item.added().plus(Books.CLOCKS_DIFFER).isBefore(sent));
    }

    /** What may be added to the cart; bound ones first: their account is settled. */
    List<Line> candidates() {
        List<Long> open = openAdds.stream().map(OpenAdd::orderRef).toList();
        return Stream.concat(bound.stream(), due.stream())
                .filter(line -> line.mayBeAddedBy(account.id()))
                .filter(line -> !open.contains(line.ref()))
                .toList();
    }

    /** The item that the order was in the cart with last was taken out of it. */
    boolean isTakenOut(Line line) {
        return removals.stream()
                .anyMatch(
                        removal -> removal.orderRef() == line.ref() && Objects.equals(removal.itemId(), line.itemId()));
    }

    /** A checkout that somebody had begun before may still buy an item of it that was taken out of the cart. */
    boolean isRemovalFresh(Line line, Duration quiet) {
        return isAnyRemovalQuiet(line, quiet, now);
    }

    /** Nobody has read what was bought since the quiet time after an item of it was taken out. */
    boolean isRemovalUnproven(Line line, Duration quiet) {
        return isAnyRemovalQuiet(line, quiet, lookedAt == null ? Instant.MIN : lookedAt);
    }

    private boolean isAnyRemovalQuiet(Line line, Duration quiet, Instant until) {
        return removals.stream()
                .anyMatch(removal -> removal.orderRef() == line.ref()
                        && until.isBefore(removal.at().plus(quiet)));
    }
}
