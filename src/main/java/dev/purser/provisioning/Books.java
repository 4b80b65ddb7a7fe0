package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Where the engine writes down what it does. Each method is one transaction; it proves the lease first and keeps every newer
 * holder out until it has committed, or throws {@link Lease.Lost} and changes nothing.
 */
interface Books {

    /** The code of an order whose item somebody else took out of the cart. */
    String ITEM_REMOVED = "item_removed";

    /** The code of an order that CoCalc does not sell. */
    String REFUSED = "refused_by_cocalc";

    /** Everything bought until {@code at} has been read. */
    void looked(Lease lease, List<CartItem> bought, Instant at);

    /** @param owners who has bought, by account id: the token may have been seen on another account than the lease's */
    void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners);

    void adopt(Lease lease, Map<Line, Long> items);

    /** CoCalc answered that this item is out of the cart. */
    void removed(Lease lease, long item);

    /** Nothing of them is in the cart any more, and nothing can come. */
    void cancel(Lease lease, List<Line> lines);

    /** Its item is removed and was refused alone. @param words CoCalc's */
    void reject(Lease lease, Line line, String words);

    void hold(Lease lease, Collection<Held> orders);

    /**
     * Before their items are removed: should the answers be lost, they are held for this, or rejected as {@link #REFUSED}, and not
     * held as {@link #ITEM_REMOVED}.
     */
    void holding(Lease lease, Collection<Held> orders);

    void release(Lease lease, List<Line> lines);

    /** Before they are unticked: these ticks are to be put back. */
    void noteTicks(Lease lease, List<CartItem> foreign);

    /** Before it is ticked again: a lost request may still put it into a checkout. */
    void noteRetick(Lease lease, long item);

    void tickRestored(Lease lease, long item);

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
