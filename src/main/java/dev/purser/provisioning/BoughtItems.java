package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.Standing.Bought;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was ever seen bought. Each method is one transaction; those with a lease keep to it as {@link Books} do. */
interface BoughtItems {

    /** Until when everything bought was read; null: never. */
    @Nullable
    Instant lookedAt(PurchasingAccount account);

    /** Everything bought until {@code at} has been read. */
    void looked(Lease lease, List<CartItem> bought, Instant at);

    /** Tokens seen bought are kept, whether their order is known or not. */
    void remember(PurchasingAccount account, List<CartItem> items);

    /** @param owners who has bought, by account id: the token may have been seen on another account than the lease's */
    void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners);
}
