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

    /**
     * Everything bought until {@code at} has been read. What came of an addition that CoCalc has answered, and is neither bought nor in
     * the cart, was taken out by a person: as for {@link Books#removed}, somebody's checkout may still buy it. What had been taken out
     * before and was put back is not what came of it.
     *
     * @param cart as it was read before that
     */
    void looked(Lease lease, List<CartItem> bought, List<CartItem> cart, Instant at);

    /** Tokens seen bought are kept, whether their order is known or not. */
    void remember(PurchasingAccount account, List<CartItem> items);

    /** @param owners who has bought, by account id: the token may have been seen on another account than the lease's */
    void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners);
}
