package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An order in the API. Money is text in USD, so that nobody's float loses a cent. */
@Schema(name = "Order")
@JsonNaming(SnakeCaseStrategy.class)
record OrderJson(
        String orderId,

        @Schema(description = "Above 1 when an order that ended without a purchase was submitted again")
        int attempt,

        OrderState state,

        @Schema(description = "The CoCalc account that the license is for")
        UUID accountId,

        @Nullable UUID projectId,
        @Nullable String campaign,
        License license,
        @Schema(examples = "25.00") @Nullable String maxCost,
        boolean emailKnown,

        @Schema(description = "The name of the purchasing account that buys or bought it") @Nullable
        String purchasingAccount,

        @Schema(description = "The last quote, in USD", examples = "13.98") @Nullable
        String quotedCost,

        @Schema(description = "What was paid, in USD") @Nullable
        String cost,

        @Nullable Long cartItemId,
        @Nullable UUID licenseId,
        @Nullable Long purchaseId,

        @Schema(description = "What CoCalc's ledger says that it cost, in USD; null until that was read") @Nullable
        String billedCost,

        @Schema(description = "Why it is held, rejected, failed or unknown, in one word") @Nullable
        String code,

        @Schema(description = "The same for a person") @Nullable
        String message,

        @Schema(examples = "csv:orders.csv:17") String source,
        Instant receivedAt,
        @Nullable Instant completedAt,

        @Schema(description = "Oldest first; only where a single order is asked for")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<Event> history) {

    @Schema(name = "License")
    @JsonNaming(SnakeCaseStrategy.class)
    record License(
            @Schema(enumeration = {"academic", "business"}) String user,
            int runLimit,
            @Schema(description = "GB for each project") int ram,
            int cpu,
            @Schema(description = "GB for each project") int disk,
            boolean member,

            @Schema(enumeration = {"short", "medium", "day", "always_running"})
            String uptime,

            boolean boost,

            @Schema(enumeration = {"range", "monthly", "yearly"})
            String period,

            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String title,
            @Nullable String description) {

        static License of(LicenseSpec spec) {
            return new License(
                    LicenseSpec.word(spec.user()),
                    spec.runLimit(),
                    spec.ram(),
                    spec.cpu(),
                    spec.disk(),
                    spec.member(),
                    LicenseSpec.word(spec.uptime()),
                    spec.boost(),
                    LicenseSpec.word(spec.period()),
                    spec.start(),
                    spec.end(),
                    spec.title(),
                    spec.description());
        }
    }

    @Schema(name = "OrderEvent")
    record Event(Instant at, @Nullable OrderState from, OrderState to, String why, String actor) {}

    /** As one of a list: without history. */
    static OrderJson listed(OrderView order) {
        return of(order, null);
    }

    static OrderJson single(OrderView order) {
        return of(
                order,
                order.history().stream()
                        .map(event -> new Event(event.at(), event.from(), event.to(), event.why(), event.actor()))
                        .toList());
    }

    private static OrderJson of(OrderView order, @Nullable List<Event> history) {
        return new OrderJson(
                order.orderId().value(),
                order.attempt(),
                order.state(),
                order.accountId(),
                order.projectId(),
                order.campaign(),
                License.of(order.license()),
                text(order.maxCost()),
                order.emailKnown(),
                order.purchasingAccount(),
                text(order.quotedCost()),
                text(order.cost()),
                order.cartItemId(),
                order.licenseId(),
                order.purchaseId(),
                text(order.billedCost()),
                order.code(),
                order.message(),
                order.source(),
                order.receivedAt(),
                order.completedAt(),
                history);
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toString();
    }
}
