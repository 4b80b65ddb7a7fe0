package dev.purser.orders;

import dev.purser.kernel.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an order became. @param purchaseId its line in the ledger, once that is known, as {@code billedCost} */
@Embeddable
record Purchase(
        @Column(name = "license_id") UUID license,
        Money cost,
        @Column(name = "purchase_id") @Nullable Long purchaseId,
        @Column(name = "billed_cost") @Nullable Money billedCost) {

    Purchase billed(long line, Money usd) {
        return new Purchase(license, cost, line, usd);
    }
}
