package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.CartItem;
import dev.purser.orders.OrderState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeenTest {

    private final Situation situation = new Situation();

    @Test
    void what_a_checkout_settled_needs_no_look_up_when_it_is_read_again() {
        Seen first = Seen.NOTHING.withReadBack(bought(1, 2)).afterCheckout(true, Set.of(1L));
        // Somebody else's, or one that a person bought: whose order is it?
        assertThat(first.bought()).extracting(CartItem::id).containsExactly(2L);

        Seen second = first.withReadBack(bought(1, 2, 3)).afterCheckout(true, Set.of(3L));
        assertThat(second.bought()).extracting(CartItem::id).containsExactly(2L);
    }

    @Test
    void what_is_read_no_more_is_forgotten() {
        Seen seen = Seen.NOTHING.withReadBack(bought(1)).afterCheckout(true, Set.of(1L));

        assertThat(seen.withReadBack(bought(2)).afterCheckout(true, Set.of(2L)).settled())
                .containsExactly(2L);
    }

    @Test
    void a_checkout_that_bought_nothing_forgets_nothing() {
        Seen seen = Seen.NOTHING.withReadBack(bought(1)).afterCheckout(true, Set.of(1L));

        assertThat(seen.afterCheckout(false, Set.of()).settled()).containsExactly(1L);
    }

    @Test
    void what_was_in_the_cart_is_known_until_the_next_look() {
        Line first = Situation.line(1, OrderState.RESOLVED, null, null);
        Line second = Situation.line(2, OrderState.RESOLVED, null, null);
        Seen looked = Seen.NOTHING.afterLook(List.of(situation.item(10, first)), List.of(), Instant.EPOCH, Set.of());

        Seen read = looked.withCart(List.of(situation.item(20, second)), Instant.EPOCH);
        assertThat(read.mayHaveLeft(first, situation.standing(), situation.settings))
                .isTrue();
        assertThat(read.mayHaveLeft(second, situation.standing(), situation.settings))
                .isTrue();

        Seen again = read.afterLook(List.of(situation.item(20, second)), List.of(), Instant.EPOCH, Set.of());
        assertThat(again.mayHaveLeft(first, situation.standing(), situation.settings))
                .isFalse();
        assertThat(again.mayHaveLeft(second, situation.standing(), situation.settings))
                .isTrue();
    }

    @Test
    void a_look_for_a_cancellation_does_not_count_for_the_next_wish() {
        Line asked = Situation.askedToCancel(Situation.line(1, OrderState.RESOLVED, Situation.MAIN.id(), null));
        Seen looked = Seen.NOTHING.afterLook(List.of(), List.of(), Instant.EPOCH, Set.of(1L));
        situation.bound.add(asked);
        assertThat(looked.withWishes(situation.standing()).isLookedFor(asked)).isTrue();

        situation.bound.clear();
        Seen ended = looked.withWishes(situation.standing());
        assertThat(ended.isLookedFor(asked)).isFalse();
        assertThat(ended.looked()).isTrue();
        assertThat(Seen.NOTHING.withWishes(situation.standing()).looked()).isFalse();
    }

    @Test
    void what_a_checkout_bought_needs_no_look() {
        Line line = Situation.line(1, OrderState.CHECKING_OUT, null, null);
        CartItem item = situation.item(10, line);
        Seen seen = Seen.NOTHING.afterLook(List.of(item), List.of(), Instant.EPOCH, Set.of());

        assertThat(seen.withReadBack(List.of(item))
                        .afterCheckout(true, Set.of())
                        .mayHaveLeft(line, situation.standing(), situation.settings))
                .isTrue();
        assertThat(seen.withReadBack(List.of(Situation.purchased(item, Instant.EPOCH)))
                        .afterCheckout(true, Set.of(10L))
                        .mayHaveLeft(line, situation.standing(), situation.settings))
                .isFalse();
    }

    private static List<CartItem> bought(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> Situation.purchased(Situation.foreign(id, true), Instant.EPOCH))
                .toList();
    }
}
