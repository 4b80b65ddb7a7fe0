package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.Bought;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Orders that somebody may have bought outside a checkout of this run: settled, or held or cancelled once their items read as unbought. */
final class Examining {

    private static final Logger LOG = Logger.getLogger(Examining.class);

    private final Turn turn;
    private final Lease lease;
    private final Books books;

    Examining(Turn turn) {
        this.turn = turn;
        this.lease = turn.lease();
        this.books = turn.store().books();
    }

    /**
     * What the items of some lines read as; a line is in no list when no useful answer came.
     *
     * @param pending somebody has begun to pay it by card
     */
    private record Examined(List<Bought> bought, List<Line> unbought, List<Line> pending) {}

    void settle(Action.Settle settle) {
        settle.bought()
                .forEach(b -> LOG.warnf(
                        "order %s was bought outside a checkout of this run: cart item %d, license %s",
                        b.line().orderId(), b.itemId(), b.license()));
        settle(settle.bought());
        turn.sees(Seen::afterSettling);
    }

    void examine(Action.Examine examine) {
        Examined examined = examined(examine.missing());
        Stream<Held> gone = examined.unbought().stream()
                .map(line -> held(
                        line, Books.ITEM_REMOVED, "was removed from the cart; look there before it is ordered again"));
        settle(examined.bought());
        books.hold(lease, Stream.concat(gone, pending(examined)).toList());
        // By a person, and before now: whose checkout had begun by then may still buy it.
        examined.unbought().forEach(line -> books.removed(lease, line, Objects.requireNonNull(line.itemId())));
        turn.sees(Seen::cartChanged);
    }

    void cancel(Action.Cancel cancel) {
        List<Line> withItem =
                cancel.orders().stream().filter(line -> line.itemId() != null).toList();
        Examined examined = examined(withItem);
        settle(examined.bought());
        books.hold(lease, pending(examined).toList());
        books.cancel(
                lease,
                cancel.orders().stream()
                        .filter(line ->
                                line.itemId() == null || examined.unbought().contains(line))
                        .toList());
    }

    private static Stream<Held> pending(Examined examined) {
        return examined.pending().stream()
                .map(line -> held(
                        line,
                        Books.PAYMENT_PENDING,
                        "waits for a payment by card that somebody has begun at CoCalc; when that is paid, the order"
                                + " is bought; until it is given up there, it is neither bought nor cancelled here"));
    }

    private static Held held(Line line, String code, String what) {
        return new Held(line, code, "cart item " + line.itemId() + " " + what, line.quotedCost());
    }

    private void settle(List<Bought> bought) {
        turn.store().bought().settle(lease, bought, this::owner);
    }

    private PurchasingAccount owner(Bought bought) {
        return turn.desk().accounts().byId(bought.account()).orElse(lease.account());
    }

    private Examined examined(List<Line> lines) {
        List<Bought> bought = new ArrayList<>();
        List<Line> unbought = new ArrayList<>();
        List<Line> pending = new ArrayList<>();
        for (Line line : lines) {
            Answer<CartItem> answer = turn.cartItem(Objects.requireNonNull(line.itemId()));
            boolean deleted = Witness.isNotFound(answer);
            Optional<CartItem> item = deleted ? Optional.empty() : turn.value(answer);
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
}
