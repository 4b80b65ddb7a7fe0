package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One purchase in CoCalc's ledger, as far as it says what was bought.
 *
 * @param time when its transaction began, in milliseconds; identical for all lines of one checkout
 * @param cost positive is a charge, negative a credit
 * @param itemId the cart item that was bought; null where it was none
 * @param itemText the free text of that item's description
 */
public record LedgerLine(
        long id,
        Instant time,
        Money cost,
        @Nullable Long itemId,
        @Nullable UUID licenseId,
        @Nullable String itemText) {

    /** Without the item's text, which ends up in logs otherwise. */
    @Override
    public String toString() {
        return "purchase " + id + " at " + time + " for " + cost + " USD of item " + itemId + ", license " + licenseId;
    }

    /** @return empty for a line without an id, a time or a cost: metered services have no cost until they end */
    public static Optional<LedgerLine> of(JsonNode line) {
        JsonNode id = line.path("id");
        Instant time = Json.instant(line.path("time"));
        Optional<BigDecimal> cost = Json.amount(line.path("cost"));
        if (!id.isIntegralNumber() || !id.canConvertToLong() || time == null || cost.isEmpty()) {
            return Optional.empty();
        }
        JsonNode description = line.path("description");
        JsonNode item = description.path("item");
        JsonNode itemId = item.path("id");
        return Optional.of(new LedgerLine(
                id.longValue(),
                time,
                // A 4-byte real at CoCalc: the cent is what was meant.
                new Money(cost.get().setScale(2, RoundingMode.HALF_EVEN)),
                itemId.isIntegralNumber() && itemId.canConvertToLong() ? itemId.longValue() : null,
                Json.uuid(description.path("license_id")),
                Json.text(item.path("description"), "description")));
    }

    /** The cart item that it sold, as the cart would show it. */
    public Optional<CartItem> sold() {
        return itemId == null
                ? Optional.empty()
                : Optional.of(new CartItem(
                        itemId,
                        null,
                        true,
                        CartItem.SITE_LICENSE,
                        Optional.empty(),
                        itemText,
                        null,
                        new CartItem.Purchased(time, licenseId != null, licenseId)));
    }
}
