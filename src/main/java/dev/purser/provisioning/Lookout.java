package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Looks at the cart, at what was bought lately, and at the balance. */
final class Lookout {

    private final Turn turn;

    Lookout(Turn turn) {
        this.turn = turn;
    }

    void look() {
        Standing standing = turn.standing();
        Instant lookedAt = standing.lookedAt();
        // The cart first: what somebody buys meanwhile is in both then. The other way round it would be in neither.
        turn.value(turn.cart()).ifPresent(cart -> {
            Answer<List<CartItem>> bought = lookedAt == null
                    ? turn.cocalc().everPurchased()
                    : turn.cocalc()
                            .recentPurchases(
                                    Duration.between(lookedAt, standing.now()).plus(Turn.SLACK));
            turn.value(turn.witness().list(bought)).ifPresent(items -> {
                turn.store().bought().looked(turn.lease(), items, cart, standing.now());
                turn.sees(seen -> seen.afterLook(cart, items, standing.now(), standing.toCancel()));
            });
        });
    }

    void readCart() {
        turn.value(turn.cart())
                .ifPresent(items ->
                        turn.sees(seen -> seen.withCart(items, turn.standing().now())));
    }

    void askBalance() {
        turn.value(turn.cocalc().balance())
                .ifPresent(
                        balance -> turn.store().accounts().balance(turn.lease().account(), balance));
    }
}
