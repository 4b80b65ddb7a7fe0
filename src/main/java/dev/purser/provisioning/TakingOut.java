package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import java.util.List;
import java.util.Optional;

/** Items leave the cart before their orders are held or rejected, and why is written down before that. */
final class TakingOut {

    private final Turn turn;
    private final Lease lease;
    private final Books books;

    TakingOut(Turn turn) {
        this.turn = turn;
        this.lease = turn.lease();
        this.books = turn.store().books();
    }

    void removeExtra(Action.RemoveExtra extra) {
        turn.sees(Seen::cartChanged);
        extra.items().forEach((item, line) -> {
            // Before, for whoever goes on after a crash; and after, for by then it may have taken long.
            books.removed(lease, line, item);
            turn.value(turn.cocalc().remove(item));
            books.removed(lease, line, item);
        });
    }

    void takeOut(Action.TakeOut takeOut) {
        takeOut.orders().forEach(this::isOutOfTheCart);
    }

    void hold(Action.Hold hold) {
        List<Held> inside = hold.orders().stream()
                .filter(held -> held.line().state() == OrderState.IN_CART)
                .toList();
        books.holding(lease, inside);
        List<Held> free = hold.orders().stream()
                .filter(held -> isOutOfTheCart(held.line()))
                .toList();
        books.hold(lease, free);
    }

    void release(Action.Release release) {
        books.release(lease, release.orders());
    }

    void reject(Action.Reject reject) {
        books.holding(lease, List.of(new Held(reject.line(), Books.REFUSED, reject.words(), null)));
        if (isOutOfTheCart(reject.line())) {
            books.reject(lease, reject.line(), reject.words());
            turn.sees(Seen::unsuspecting);
        }
    }

    /** Where it was in it, it is removed, and the answer said so; or it had been removed before, unbought. */
    private boolean isOutOfTheCart(Line line) {
        Long item = line.itemId();
        if (item == null || line.state() != OrderState.IN_CART) {
            return true;
        }
        turn.sees(Seen::cartChanged);
        Optional<Integer> removed = turn.value(turn.cocalc().remove(item));
        boolean isOut = removed.isPresent() && (removed.get() == 1 || isUnbought(item));
        if (isOut) {
            books.removed(lease, line, item);
        }
        return isOut;
    }

    private boolean isUnbought(long item) {
        Answer<CartItem> answer = turn.cartItem(item);
        return answer instanceof Answer.Done<CartItem> done
                ? done.value().purchased() == null
                : Witness.isNotFound(answer);
    }
}
