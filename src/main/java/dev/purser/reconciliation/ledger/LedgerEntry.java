package dev.purser.reconciliation.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.OrderToken;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger as it is stored.
 *
 * @param cost as CoCalc printed it, a 4-byte real; null while a metered service runs, and then {@code soFar} counts
 * @param cents what it counts in the bill, the nearest cent
 * @param orderId in our token, if the item carries one
 * @param otherToken the token of another installation
 * @param raw the whole line
 */
public record LedgerEntry(
        long id,
        Instant time,
        @Nullable BigDecimal cost,
        @Nullable BigDecimal soFar,
        long cents,
        String service,
        @Nullable Long itemId,
        @Nullable UUID licenseId,
        @Nullable String orderId,
        @Nullable String otherToken,
        @Nullable Instant periodStart,
        @Nullable Instant periodEnd,
        String raw) {

    /** Nobody owes a trillion. */
    private static final int MOST_DIGITS = 12;

    /** @return empty for what has no id, time, service or readable amount: such an answer is no ledger */
    public static Optional<LedgerEntry> of(JsonNode line, String instance) {
        JsonNode id = line.path("id");
        Instant time = parsed(line.path("time"), Instant::parse);
        String service = line.path("service").textValue();
        BigDecimal cost = amount(line.path("cost"));
        boolean unreadable = cost == null
                && !line.path("cost").isNull()
                && !line.path("cost").isMissingNode();
        if (!id.isIntegralNumber() || !id.canConvertToLong() || time == null || service == null || unreadable) {
            return Optional.empty();
        }
        BigDecimal soFar = amount(line.path("cost_so_far"));
        JsonNode description = line.path("description");
        JsonNode item = description.path("item");
        Optional<OrderToken> token =
                OrderToken.find(item.path("description").path("description").textValue());
        boolean ours = token.filter(found -> found.instance().equals(instance)).isPresent();
        return Optional.of(new LedgerEntry(
                id.longValue(),
                time,
                cost,
                soFar,
                cents(cost != null ? cost : soFar),
                service,
                item.path("id").isIntegralNumber() && item.path("id").canConvertToLong()
                        ? item.path("id").longValue()
                        : null,
                parsed(description.path("license_id"), UUID::fromString),
                ours ? token.get().orderId().value() : null,
                ours ? null : token.map(OrderToken::text).orElse(null),
                parsed(line.path("period_start"), Instant::parse),
                parsed(line.path("period_end"), Instant::parse),
                line.toString()));
    }

    /** A metered service without an end yet. */
    boolean isRunning() {
        return cost == null;
    }

    private static long cents(@Nullable BigDecimal usd) {
        return usd == null
                ? 0
                : usd.movePointRight(2).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    static @Nullable BigDecimal amount(JsonNode json) {
        if (!json.isNumber()) {
            return null;
        }
        BigDecimal amount = json.decimalValue();
        boolean sane = amount.scale() <= 60 && (long) amount.precision() - amount.scale() <= MOST_DIGITS;
        return sane ? amount : null;
    }

    private static <T> @Nullable T parsed(JsonNode json, Function<String, T> parse) {
        String text = json.textValue();
        try {
            return text == null ? null : parse.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }
}
