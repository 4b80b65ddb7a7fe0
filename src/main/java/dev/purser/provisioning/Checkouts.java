package dev.purser.provisioning;

import dev.purser.provisioning.Standing.Checkout;
import java.util.OptionalLong;

/** Payments, from the moment before paying to what became of them. Each method is one transaction and keeps to the lease as {@link Books} do. */
interface Checkouts {

    /**
     * The moment before paying: the fence is ours, the orders are CHECKING_OUT, the money is reserved.
     *
     * @return the checkout; empty when buying was paused or a campaign's last dollars were reserved elsewhere since the
     *     observation, and nothing was written
     */
    OptionalLong writeDown(Lease lease, Action.Pay pay);

    /** CoCalc refused it, surely: the orders are back in the cart, their money is free. */
    void callOff(Lease lease, Checkout checkout, String why);

    void doubt(Lease lease, Checkout checkout, String why);

    /** The quiet time begins, by the database's clock, after the disarm was answered. */
    void disarmed(Lease lease, Checkout checkout);

    /** CoCalc was asked about a checkout that is in doubt. @param answer what it said, for people */
    void asked(Lease lease, Checkout checkout, String answer);

    /** What was bought is settled, what was not is back in the cart. */
    void close(Lease lease, Action.Close close);
}
