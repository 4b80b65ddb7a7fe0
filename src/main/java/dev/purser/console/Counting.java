package dev.purser.console;

import static dev.purser.orders.OrderState.CHECKING_OUT;
import static dev.purser.orders.OrderState.IN_CART;
import static dev.purser.orders.OrderState.PURCHASED;
import static dev.purser.orders.OrderState.RECEIVED;
import static dev.purser.orders.OrderState.RESOLVED;
import static dev.purser.orders.OrderState.UNKNOWN;

import dev.purser.kernel.deadletter.DeadLetters;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import dev.purser.outcomes.Outbox;
import dev.purser.provisioning.AccountViews;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what there is. Counting a million orders is not free, so those who look often and at nothing in particular share a count. */
@ApplicationScoped
public class Counting {

    private static final Duration RECENT = Duration.ofSeconds(5);

    private final Orders orders;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final AccountViews accounts;
    private final Clock clock;
    private @Nullable Count last;

    Counting(Orders orders, Outbox outbox, DeadLetters deadLetters, AccountViews accounts, Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.accounts = accounts;
        this.clock = clock;
    }

    public Stats now() {
        Map<OrderState, Long> counts = orders.counts();
        return new Stats(
                counts,
                Stats.open(counts),
                counts.getOrDefault(UNKNOWN, 0L),
                orders.oldestUnknownSeconds(),
                orders.parked(),
                outbox.waiting(),
                deadLetters.count(),
                Eta.seconds(
                        sum(counts, RECEIVED, RESOLVED),
                        sum(counts, IN_CART, CHECKING_OUT, PURCHASED),
                        accounts.views()));
    }

    /** At most a few seconds old. */
    public synchronized Stats recently() {
        Instant now = clock.instant();
        Count count = last;
        if (count == null || Duration.between(count.at(), now).abs().compareTo(RECENT) > 0) {
            count = new Count(now, now());
            last = count;
        }
        return count.stats();
    }

    private static long sum(Map<OrderState, Long> counts, OrderState... states) {
        return Stream.of(states)
                .mapToLong(state -> counts.getOrDefault(state, 0L))
                .sum();
    }

    private record Count(Instant at, Stats stats) {}
}
