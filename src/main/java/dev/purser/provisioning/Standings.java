package dev.purser.provisioning;

import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import java.util.Collection;
import java.util.UUID;

/** What is written down about a purchasing account, read in one go. */
interface Standings {

    /** @param named orders whose tokens were seen at CoCalc. @param others accounts that could buy instead */
    Standing of(PurchasingAccount account, Collection<OrderId> named, Collection<UUID> others, boolean everyoneLooked);
}
