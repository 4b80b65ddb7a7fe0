package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** What is kept about a purchasing account beside its orders. */
interface AccountBook {

    /** Binds a name to the account that it was first seen with. @return why it may not be used, or empty */
    Optional<String> bind(PurchasingAccount account);

    /** In USD, as CoCalc prints it. */
    void balance(PurchasingAccount account, BigDecimal balance);

    /** Open orders that are bound to none of these say so: nobody works on them. */
    void tellOrphans(Collection<UUID> configured);

    /** By the engine; a pause that is there already stays as it is. */
    void pause(String name, String why);
}
