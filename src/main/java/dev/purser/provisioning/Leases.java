package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import java.util.Optional;

/** Who works which purchasing account, in the database's time. */
interface Leases {

    /** Empty while somebody else holds it. */
    Optional<Lease> acquire(PurchasingAccount account);

    /** @throws Lease.Lost when it ran out, even if nobody took it: what was seen meanwhile may be old */
    void renew(Lease lease);

    void release(Lease lease);
}
