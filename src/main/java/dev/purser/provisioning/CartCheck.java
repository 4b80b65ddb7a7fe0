package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.OrderToken;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The live cart against our orders: whose is each item, and what is out of place. */
final class CartCheck {

    /** What a checkout takes along when it is ticked; anything else stays in the cart. */
    private static final Set<String> SOLD = Set.of("site-license", "cash-voucher");

    private final Standing standing;
    private final Seen seen;
    private final Settings settings;

    CartCheck(Standing standing, Seen seen, Settings settings) {
        this.standing = standing;
        this.seen = seen;
        this.settings = settings;
    }

    /** The order whose token an item carries, when it is one of this installation. */
    Optional<Line> ours(CartItem item) {
        return OrderToken.find(item.description())
                .filter(token -> token.instance().equals(settings.instance()))
                .map(token -> standing.named().get(token.orderId()));
    }

    /** Also while the account is paused: nothing here buys. */
    Optional<Action> cancel() {
        List<Line> asked = standing.bound().stream()
                .filter(Line::cancelAsked)
                .filter(line -> !isAdditionOpen(line))
                .toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (!seen.cart().current()) {
            return Optional.of(new Action.ReadCart());
        }
        Map<Line, CartItem> adopt = new LinkedHashMap<>();
        Map<Long, Line> extra = new LinkedHashMap<>();
        Set<Line> live = new HashSet<>();
        for (CartItem item : seen.cart().items()) {
            Line line = ours(item).filter(asked::contains).orElse(null);
            if (line != null && (line.state() == OrderState.RESOLVED || Objects.equals(line.itemId(), item.id()))) {
                live.add(line);
                if (line.state() == OrderState.RESOLVED) {
                    adopt.putIfAbsent(line, item);
                }
            } else if (line != null) {
                extra.put(item.id(), line);
            }
        }
        if (!adopt.isEmpty()) {
            return Optional.of(new Action.Adopt(adopt));
        }
        if (!extra.isEmpty()) {
            return Optional.of(new Action.RemoveExtra(extra));
        }
        List<Line> gone = asked.stream()
                .filter(line -> isInCart(line) && !live.contains(line))
                .toList();
        if (!gone.isEmpty()) {
            return Optional.of(new Action.Examine(gone));
        }
        // Also one that was taken out, and somebody has put it back.
        List<Line> inside = asked.stream().filter(live::contains).toList();
        if (!inside.isEmpty()) {
            return Optional.of(new Action.TakeOut(inside));
        }
        // Each is asked about once more.
        List<Line> over = asked.stream()
                .filter(line -> !isInCart(line))
                .filter(line -> !standing.isRemovalFresh(line, settings.quiet()))
                .limit(settings.batch())
                .toList();
        if (over.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(over.stream().anyMatch(this::mayBeBought) ? new Action.Look() : new Action.Cancel(over));
    }

    private boolean isInCart(Line line) {
        return line.state() == OrderState.IN_CART && !standing.isTakenOut(line);
    }

    private boolean isAdditionOpen(Line line) {
        return standing.openAdds().stream().anyMatch(add -> add.orderRef() == line.ref());
    }

    private boolean mayBeBought(Line line) {
        return !seen.isLookedFor(line)
                || standing.isRemovalUnproven(line, settings.quiet())
                || seen.mayHaveLeft(line, standing, settings);
    }

    Optional<Action> tidy() {
        Map<Line, CartItem> adopt = new LinkedHashMap<>();
        Map<Long, Line> extra = new LinkedHashMap<>();
        List<Long> unticked = new ArrayList<>();
        List<Long> notYet = new ArrayList<>();
        List<Line> payable = seen.payable(standing, settings);
        List<Held> changed = new ArrayList<>();
        List<CartItem> foreign = new ArrayList<>();
        if (isToBeLookedFor()) {
            return Optional.of(new Action.Look());
        }
        List<CartItem> oldestFirst = seen.cart().items().stream()
                .sorted(Comparator.comparing(CartItem::id))
                .toList();
        for (CartItem item : oldestFirst) {
            Line line = ours(item).orElse(null);
            if (line == null) {
                if (item.checked() && SOLD.contains(item.product())) {
                    foreign.add(item);
                }
            } else if (line.state() == OrderState.IN_CART && Objects.equals(line.itemId(), item.id()) && isHere(line)) {
                if (!item.product().equals(CartItem.SITE_LICENSE)) {
                    changed.add(
                            new Held(line, QuoteCheck.ITEM_CHANGED, "somebody changed cart item " + item.id(), null));
                } else if (item.checked() != payable.contains(line)) {
                    (item.checked() ? notYet : unticked).add(item.id());
                }
            } else if (line.mayBeAddedBy(standing.account().id())
                    && !adopt.containsKey(line)
                    // Somebody may have bought the one that was taken out: this one goes, and another is added after a
                    // look.
                    && !standing.isRemovalUnproven(line, settings.quiet())) {
                adopt.put(line, item);
            } else {
                extra.put(item.id(), line);
            }
        }
        if (!adopt.isEmpty()) {
            return Optional.of(new Action.Adopt(adopt));
        }
        if (!extra.isEmpty()) {
            return Optional.of(new Action.RemoveExtra(extra));
        }
        if (!changed.isEmpty()) {
            return Optional.of(new Action.Hold(changed));
        }
        List<Line> missing = missing();
        if (!missing.isEmpty()) {
            return Optional.of(new Action.Examine(missing));
        }
        if (standing.inCart().isEmpty()) {
            return Optional.empty();
        }
        if (!foreign.isEmpty()) {
            return Optional.of(new Action.Untick(foreign));
        }
        if (!notYet.isEmpty()) {
            return Optional.of(new Action.UntickOurs(notYet));
        }
        return unticked.isEmpty() ? Optional.empty() : Optional.of(new Action.TickOurs(unticked));
    }

    /** Of an order that is in the cart, or comes into it, another item may be bought: was it? */
    private boolean isToBeLookedFor() {
        return standing.inCart().stream()
                        .anyMatch(line -> standing.isRemovalUnproven(line, settings.quiet())
                                && !standing.isRemovalFresh(line, settings.quiet()))
                || seen.cart().items().stream().anyMatch(item -> ours(item)
                        .filter(line -> Objects.equals(line.itemId(), item.id())
                                || line.mayBeAddedBy(standing.account().id()))
                        .filter(line -> standing.isOlderThanAddition(line, item))
                        .isPresent());
    }

    private List<Line> missing() {
        return standing.inCart().stream().filter(line -> !isLive(line)).toList();
    }

    boolean isLive(Line line) {
        return seen.cart().items().stream().anyMatch(item -> Objects.equals(item.id(), line.itemId()));
    }

    /** Something that a checkout takes along is in no order's place: it came after the cart was made ready. */
    boolean isAnyIntruderTicked() {
        Set<Long> known = standing.inCart().stream().map(Line::itemId).collect(Collectors.toSet());
        return seen.cart().items().stream()
                .anyMatch(item -> item.checked() && SOLD.contains(item.product()) && !known.contains(item.id()));
    }

    private boolean isHere(Line line) {
        return standing.account().id().equals(line.account());
    }
}
