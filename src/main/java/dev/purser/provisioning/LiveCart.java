package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.OrderToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in the cart, as far as it was read.
 *
 * @param items as last read, less what we bought since
 * @param at database time before that reading
 * @param current nothing was added, removed or ticked since it was read
 * @param sinceLook whose items were in it when everything bought was read the last time, or since
 */
record LiveCart(List<CartItem> items, Instant at, boolean current, Set<OrderToken> sinceLook) {

    static final LiveCart UNREAD = new LiveCart(List.of(), Instant.EPOCH, false, Set.of());

    /** Everything bought was read with it. */
    static LiveCart looked(List<CartItem> live, Instant now) {
        return new LiveCart(live, now, true, tokens(live.stream()));
    }

    LiveCart read(List<CartItem> live, Instant now) {
        Set<OrderToken> all = Stream.concat(sinceLook.stream(), tokens(live.stream()).stream())
                .collect(Collectors.toSet());
        return new LiveCart(live, now, true, all);
    }

    LiveCart changed() {
        return new LiveCart(items, at, false, sinceLook);
    }

    /** @param purchased with a license it is known to be bought, and nobody need look for it */
    LiveCart without(List<CartItem> purchased) {
        Set<Long> gone = purchased.stream().map(CartItem::id).collect(Collectors.toSet());
        Set<OrderToken> bought =
                tokens(purchased.stream().filter(item -> item.boughtLicense().isPresent()));
        return new LiveCart(
                items.stream().filter(item -> !gone.contains(item.id())).toList(),
                at,
                current,
                sinceLook.stream().filter(token -> !bought.contains(token)).collect(Collectors.toSet()));
    }

    private static Set<OrderToken> tokens(Stream<CartItem> items) {
        return items.map(CartItem::description)
                .map(OrderToken::find)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }
}
