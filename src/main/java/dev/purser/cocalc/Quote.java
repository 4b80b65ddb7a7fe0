package dev.purser.cocalc;

import dev.purser.kernel.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout would buy right now ({@code get-shopping-cart-checkout-params}): every ticked item with its price.
 *
 * @param balance in USD as CoCalc prints it, about six significant digits; null in a dialect that does not tell
 * @param total in USD, sometimes a cent above the sum of the lines (a CoCalc fact); null in a dialect that does not tell
 */
public record Quote(@Nullable BigDecimal balance, @Nullable Money total, List<Line> lines) {

    /** @param price in USD; what the ledger will book for this item; null in a dialect that does not tell */
    public record Line(CartItem item, @Nullable Money price) {}
}
