package dev.purser.console.page;

import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.provisioning.AccountView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A purchasing account as the page shows it. */
record AccountRow(AccountView account, String balance, List<Bar> bars, String throttle, String standing, String kind) {

    /** @param percent of the limit that is spent or reserved, at most 100 */
    record Bar(String name, String used, String limit, int percent) {}

    static AccountRow of(AccountView account) {
        BigDecimal balance = account.balance();
        return new AccountRow(
                account,
                balance == null
                        ? "not asked yet"
                        : balance.setScale(2, RoundingMode.FLOOR).toPlainString() + " USD",
                bars(account.room()),
                account.throttle().stream()
                        .filter(window -> window.isForAdditions() && window.left() != null)
                        .map(window -> window.left() + " of " + window.limit() + " this " + window.window())
                        .collect(Collectors.joining(", ")),
                standing(account),
                account.paused() || account.pauseReason() != null
                        ? "bad"
                        : account.accountId() == null ? "wait" : "good");
    }

    private static String standing(AccountView account) {
        if (account.paused()) {
            return "paused";
        }
        if (account.pauseReason() != null) {
            return "in trouble";
        }
        return account.accountId() == null ? "not confirmed yet" : "ready";
    }

    private static List<Bar> bars(@Nullable Room room) {
        List<Bar> bars = new ArrayList<>();
        if (room != null) {
            bar("today", room.day(), bars);
            bar("this month", room.month(), bars);
        }
        return bars;
    }

    private static void bar(String name, Room.Use use, List<Bar> bars) {
        Money limit = use.limit();
        if (limit != null) {
            Money used = use.spent().plus(use.reserved());
            bars.add(new Bar(name, used.toString(), limit.toString(), percent(used, limit)));
        }
    }

    private static int percent(Money used, Money limit) {
        return limit.equals(Money.ZERO)
                ? 100
                : used.usd()
                        .multiply(BigDecimal.valueOf(100))
                        .divide(limit.usd(), 0, RoundingMode.CEILING)
                        .min(BigDecimal.valueOf(100))
                        .intValue();
    }

    /** Null where there is none. */
    @Nullable
    public Money perOrder() {
        return account.room() == null ? null : account.room().perOrder();
    }
}
