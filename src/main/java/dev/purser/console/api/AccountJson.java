package dev.purser.console.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.budget.Room;
import dev.purser.provisioning.AccountView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A purchasing account in the API. */
@Schema(name = "Account")
@JsonNaming(SnakeCaseStrategy.class)
record AccountJson(
        String name,

        @Schema(description = "null until CoCalc has told whose key it is") @Nullable
        UUID accountId,

        @Schema(description = "In USD, as CoCalc told it last", examples = "9866.89") @Nullable
        String balance,

        boolean paused,

        @Schema(description = "Why it is paused, or what is wrong just now") @Nullable
        String pauseReason,

        @Nullable Budget budget,
        List<Window> throttle,
        Lease lease) {

    @Schema(name = "Budget", description = "Days and months are UTC; order has a limit only")
    record Budget(Use order, Use day, Use month) {}

    @Schema(name = "BudgetUse", description = "In USD")
    record Use(
            @Schema(description = "null where none is set") @Nullable
            String limit,

            @Nullable String reserved,
            @Nullable String spent) {

        static Use of(Room.Use use) {
            return new Use(
                    use.limit() == null ? null : use.limit().toString(),
                    use.reserved().toString(),
                    use.spent().toString());
        }
    }

    @Schema(name = "ThrottleWindow")
    record Window(
            @Schema(examples = "shopping/cart/add") String endpoint,
            @Schema(enumeration = {"minute", "hour"}) String window,

            @Schema(description = "null where CoCalc sets none") @Nullable
            Integer limit,

            @Nullable Integer left) {}

    @Schema(name = "Lease", description = "Which running Purser works with the account")
    record Lease(
            @Schema(description = "null while nobody does") @Nullable
            String instance,

            @Nullable Long fence,
            @Nullable Instant until) {}

    static AccountJson of(AccountView account) {
        return new AccountJson(
                account.name(),
                account.accountId(),
                text(account.balance()),
                account.paused(),
                account.pauseReason(),
                budget(account.room()),
                account.throttle().stream()
                        .map(each -> new Window(each.endpoint(), each.window(), each.limit(), each.left()))
                        .toList(),
                new Lease(account.leaseHolder(), account.fence(), account.leaseUntil()));
    }

    private static @Nullable Budget budget(@Nullable Room room) {
        return room == null
                ? null
                : new Budget(
                        new Use(room.perOrder() == null ? null : room.perOrder().toString(), null, null),
                        Use.of(room.day()),
                        Use.of(room.month()));
    }

    private static @Nullable String text(@Nullable BigDecimal usd) {
        return usd == null ? null : usd.toPlainString();
    }
}
