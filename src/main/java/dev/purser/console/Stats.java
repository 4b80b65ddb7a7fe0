package dev.purser.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.orders.OrderState;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How things stand at one moment. */
@Schema(name = "Stats")
@JsonNaming(SnakeCaseStrategy.class)
public record Stats(
        @Schema(description = "How many orders are in each state; every state is there")
        Map<OrderState, Long> orders,

        @Schema(description = "Orders that have no outcome yet, held ones included")
        long open,

        @Schema(description = "Orders whose checkout may or may not have happened")
        long unknown,

        @Schema(description = "Age of the oldest of them; null when there is none") @Nullable
        Long oldestUnknownSeconds,

        @Schema(description = "Those of them that stay unknown for longer than PURSER_UNKNOWN_PARK_AFTER")
        long parked,

        @Schema(description = "Events that wait for Kafka") long outbox,

        @Schema(description = "Inputs that could not be understood and that nobody has looked at")
        long deadLetters,

        @Schema(
                description =
                        "Until the orders on their way are bought, by CoCalc's throttle; 0 when there are none, null when no account can buy")
        @Nullable
        Long etaSeconds) {

    public long of(OrderState state) {
        return orders.getOrDefault(state, 0L);
    }

    public static long open(Map<OrderState, Long> orders) {
        return orders.entrySet().stream()
                .filter(count -> !count.getKey().isFinal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
