package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;

/** The right to work one purchasing account. @param fence rises with each new holder; a write with an old one is refused */
record Lease(PurchasingAccount account, long fence) {

    /** Another instance holds the account by now: stop at once, it will observe and go on. */
    static final class Lost extends RuntimeException {
        Lost(Lease lease) {
            super("the lease of " + lease.account().name() + " (fence " + lease.fence() + ") is lost");
        }
    }
}
