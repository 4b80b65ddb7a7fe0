package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.LedgerLine;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.OrderToken;
import dev.purser.orders.Order;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to do about a checkout that is not closed. Nothing here ever pays. */
final class CheckoutCheck {

    /** After these CoCalc has surely rolled back or not begun. */
    private static final Set<Refusal> NOTHING_BOUGHT = EnumSet.of(
            Refusal.INSUFFICIENT_CREDIT, Refusal.BAD_ITEM, Refusal.FORBIDDEN, Refusal.BAD_REQUEST, Refusal.NOT_SERVED);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final Duration ASK_PARKED_AGAIN = Duration.ofMinutes(1);

    private final Checkout open;
    private final Standing standing;
    private final Seen seen;
    private final Settings settings;

    private CheckoutCheck(Checkout open, Standing standing, Seen seen, Settings settings) {
        this.open = open;
        this.standing = standing;
        this.seen = seen;
        this.settings = settings;
    }

    static Action next(Checkout open, Standing standing, Seen seen, Settings settings) {
        CheckoutCheck check = new CheckoutCheck(open, standing, seen, settings);
        return switch (open.state()) {
            case PAYING -> check.paying();
            case DOUBTED -> new Action.Disarm(open);
            case DISARMED -> check.disarmed();
        };
    }

    private Action paying() {
        Seen.Paid paid = seen.paid();
        if (paid == null || paid.checkout() != open.id()) {
            return new Action.Doubt(open, "the payment was under way when its instance stopped");
        }
        return paid.answer().fold(new Answer.Cases<Boolean, Action>() {
            @Override
            public Action done(Boolean value) {
                return seen.readBack().map(CheckoutCheck.this::afterSuccess).orElse(new Action.ReadBack(open));
            }

            @Override
            public Action refused(Refusal refusal, String text) {
                return NOTHING_BOUGHT.contains(refusal)
                        ? new Action.CallOff(open, "CoCalc refused the checkout: " + text)
                        : new Action.Doubt(open, "CoCalc answered the checkout with: " + text);
            }

            @Override
            public Action throttled(Duration retryAfter) {
                return new Action.CallOff(open, "CoCalc throttled the checkout");
            }

            @Override
            public Action notSignedIn(String text) {
                return new Action.CallOff(open, "CoCalc did not know the key at the checkout: " + text);
            }

            @Override
            public Action notSent(String detail) {
                return new Action.CallOff(open, "the checkout was not sent: " + detail);
            }

            @Override
            public Action unknown(String detail) {
                return new Action.Doubt(open, "the checkout's answer was lost: " + detail);
            }
        });
    }

    /** Success proves nothing: what counts is what reads as bought. */
    private Action afterSuccess(List<CartItem> items) {
        List<Bought> bought = bought(items);
        return bought.size() == open.lines().size()
                ? new Action.Close(open, bought, List.of(), billed(), alongWithOurs(items, bought))
                : new Action.Doubt(
                        open,
                        "CoCalc said success, but only " + bought.size() + " of "
                                + open.lines().size() + " items read as bought");
    }

    /** What differs is left to {@link BillCheck}. */
    private Map<Long, LedgerLine> billed() {
        Map<Long, LedgerLine> billed = new HashMap<>();
        for (PaidLine line : open.lines()) {
            List<LedgerLine> ofItem = seen.bill().lines().orElse(List.of()).stream()
                    .filter(each -> Long.valueOf(line.itemId()).equals(each.itemId()))
                    .toList();
            if (ofItem.size() != 1 || !ofItem.get(0).cost().equals(line.price())) {
                return Map.of();
            }
            billed.put(line.itemId(), ofItem.get(0));
        }
        return billed;
    }

    private Action disarmed() {
        Instant quietAt = Objects.requireNonNull(open.disarmedAt()).plus(settings.quiet());
        if (standing.now().isBefore(quietAt)) {
            Duration rest = Duration.between(standing.now(), quietAt);
            return new Action.Wait(rest.compareTo(Duration.ofSeconds(1)) < 0 ? rest : Duration.ofSeconds(1), true);
        }
        if (seen.readBack().isEmpty()) {
            return new Action.ReadBack(open);
        }
        List<CartItem> items = seen.readBack().get();
        Map<Long, CartItem> byId = byId(items);
        boolean waitsForACard = open.lines().stream()
                .map(line -> byId.get(line.itemId()))
                .anyMatch(item -> item != null
                        && item.purchased() != null
                        && item.boughtLicense().isEmpty());
        if (waitsForACard) {
            return new Action.Wait(isParked() ? ASK_PARKED_AGAIN : ASK_AGAIN, true);
        }
        List<Bought> bought = bought(items);
        List<Long> refs = bought.stream().map(b -> b.line().ref()).toList();
        List<PaidLine> notBought = open.lines().stream()
                .filter(line -> !refs.contains(line.orderRef()))
                .toList();
        return new Action.Close(open, bought, notBought, Map.of(), alongWithOurs(items, bought));
    }

    private boolean isParked() {
        return standing.bound().stream().anyMatch(line -> Order.PARKED.equals(line.code()));
    }

    private List<Bought> bought(List<CartItem> items) {
        Map<Long, CartItem> byId = byId(items);
        Map<Long, Line> lines = standing.bound().stream().collect(Collectors.toMap(Line::ref, Function.identity()));
        List<Bought> bought = new ArrayList<>();
        for (PaidLine paid : open.lines()) {
            CartItem item = byId.get(paid.itemId());
            Line line = lines.get(paid.orderRef());
            if (item != null && line != null && item.purchased() != null) {
                Instant at = item.purchased().time();
                item.boughtLicense()
                        .ifPresent(license ->
                                bought.add(new Bought(line, standing.account().id(), item.id(), license, at)));
            }
        }
        return bought;
    }

    /**
     * In the ledger the items of one checkout have the identical time (a CoCalc fact): another item of that time came along with
     * ours. The cart tells each item's own moment, and there only {@link BillCheck} sees it.
     * And whatever else was bought since this checkout was written down may have been by it: a person may have bought ours meanwhile,
     * or the network may have sent it once more when somebody's item had come in its place, or added again what had been taken out.
     */
    private @Nullable String alongWithOurs(List<CartItem> items, List<Bought> bought) {
        Set<Long> ours = open.lines().stream().map(PaidLine::itemId).collect(Collectors.toSet());
        Set<Instant> times =
                bought.stream().map(Bought::at).filter(Objects::nonNull).collect(Collectors.toSet());
        List<Long> along = items.stream()
                .filter(item ->
                        !ours.contains(item.id()) && item.boughtLicense().isPresent())
                .filter(item -> {
                    Instant at = Objects.requireNonNull(item.purchased()).time();
                    return times.contains(at) || isSince(at) && !isSettled(item);
                })
                .map(CartItem::id)
                .toList();
        return along.isEmpty()
                ? null
                : "cart items " + along + " were bought along with ours in checkout " + open.id()
                        + ", or before it was proven: somebody changed the cart between quote and payment or paid meanwhile, or the network brought one more item";
    }

    /** What its order was settled with before, by a clock that runs ahead of ours; {@link BillCheck} tells exactly. */
    private boolean isSettled(CartItem item) {
        return OrderToken.find(item.description())
                .filter(token -> token.instance().equals(settings.instance()))
                .filter(token -> {
                    Line line = standing.named().get(token.orderId());
                    return line == null || line.isBought() && Objects.equals(line.itemId(), item.id());
                })
                .isPresent();
    }

    private boolean isSince(@Nullable Instant at) {
        return at != null && !at.isBefore(open.writtenAt());
    }

    private static Map<Long, CartItem> byId(List<CartItem> items) {
        return items.stream().collect(Collectors.toMap(CartItem::id, Function.identity(), (first, second) -> first));
    }
}
