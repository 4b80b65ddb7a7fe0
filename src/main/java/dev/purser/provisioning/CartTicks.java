package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.provisioning.Standing.PaidLine;
import java.util.List;

/** The ticks in the cart: a checkout buys whatever is ticked at that instant. Those of others are written down before they are taken away. */
final class CartTicks {

    private final Turn turn;
    private final Lease lease;
    private final ForeignTicks foreign;

    CartTicks(Turn turn) {
        this.turn = turn;
        this.lease = turn.lease();
        this.foreign = turn.store().ticks();
    }

    void untick(Action.Untick untick) {
        foreign.noteTicks(lease, untick.foreign());
        turn.sees(Seen::cartChanged);
        untick.foreign().forEach(item -> turn.value(turn.cocalc().tick(item.id(), false)));
    }

    void retick(Action.Retick retick) {
        turn.sees(Seen::cartChanged);
        for (long item : retick.items()) {
            foreign.noteRetick(lease, item);
            turn.value(turn.cocalc().tick(item, true)).ifPresent(changed -> foreign.tickRestored(lease, item));
        }
    }

    void tickOurs(Action.TickOurs tick) {
        turn.sees(Seen::cartChanged);
        tick.items().forEach(item -> turn.value(turn.cocalc().tick(item, true)));
    }

    void untickOurs(Action.UntickOurs untick) {
        turn.sees(Seen::cartChanged);
        untick.items().forEach(item -> turn.value(turn.cocalc().tick(item, false)));
    }

    void disarm(Action.Disarm disarm) {
        turn.sees(Seen::cartChanged);
        turn.value(turn.cart()).ifPresent(cart -> {
            foreign.noteTicks(lease, tickedForeign(cart, disarm));
            turn.value(turn.cocalc().untickAll())
                    .ifPresent(count -> turn.store().checkouts().disarmed(lease, disarm.checkout()));
        });
    }

    private static List<CartItem> tickedForeign(List<CartItem> cart, Action.Disarm disarm) {
        List<Long> ours =
                disarm.checkout().lines().stream().map(PaidLine::itemId).toList();
        return cart.stream()
                .filter(item -> item.checked() && !ours.contains(item.id()))
                .toList();
    }
}
