package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.PurchasingAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is kept about a purchasing account beside its orders. */
interface AccountBook {

    /** Binds a name to the account that it was first seen with. @return why it may not be used, or empty */
    Optional<String> bind(PurchasingAccount account);

    /** Until when everything bought was read; null: never. */
    @Nullable
    Instant lookedAt(PurchasingAccount account);

    /** Tokens seen bought are kept, whether their order is known or not. */
    void remember(PurchasingAccount account, List<CartItem> items);

    /** In USD, as CoCalc prints it. */
    void balance(PurchasingAccount account, BigDecimal balance);

    /** Open orders that are bound to none of these say so: nobody works on them. */
    void tellOrphans(Collection<UUID> configured);

    /** By the engine; a pause that is there already stays as it is. */
    void pause(String name, String why);
}
