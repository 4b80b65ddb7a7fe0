package dev.purser.console;

import dev.purser.automation.Commands;
import dev.purser.orders.OrderState;
import dev.purser.reconciliation.Discrepancies;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/** The numbers that an alarm hangs on. */
@ApplicationScoped
class Gauges {

    private final MeterRegistry registry;
    private final Counting counting;
    private final Discrepancies discrepancies;
    private final Commands commands;

    Gauges(MeterRegistry registry, Counting counting, Discrepancies discrepancies, Commands commands) {
        this.registry = registry;
        this.counting = counting;
        this.discrepancies = discrepancies;
        this.commands = commands;
    }

    void register(@Observes StartupEvent started) {
        for (OrderState state : OrderState.values()) {
            Gauge.builder("purser.orders", () -> counting.recently().of(state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("Orders in this state")
                    .register(registry);
        }
        Gauge.builder("purser.outbox.waiting", () -> counting.recently().outbox())
                .description("Events that wait for Kafka")
                .register(registry);
        Gauge.builder("purser.dead.letters", () -> counting.recently().deadLetters())
                .description("Inputs that could not be understood and that nobody has looked at")
                .register(registry);
        Gauge.builder("purser.commands.open", commands::open)
                .description("Commands that have no answer yet")
                .register(registry);
        Gauge.builder("purser.orders.parked", () -> counting.recently().parked())
                .description("Orders whose checkout stays unknown for longer than PURSER_UNKNOWN_PARK_AFTER")
                .register(registry);
        Gauge.builder("purser.discrepancies", () -> discrepancies.aging().stream()
                        .mapToLong(each -> each.count() - each.explained())
                        .sum())
                .description("Open differences between the orders and the bill that nobody has explained")
                .register(registry);
        Gauge.builder("purser.orders.unknown.oldest", () -> {
                    Long seconds = counting.recently().oldestUnknownSeconds();
                    return seconds == null ? 0 : seconds;
                })
                .baseUnit("seconds")
                .description(
                        "Age of the oldest order whose checkout may or may not have happened; 0 when there is none")
                .register(registry);
    }
}
