package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.provisioning.Action.Hold.Held;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where the engine writes down what becomes of orders on their way into the cart and out of it. Each method is one transaction; it proves the lease first and keeps every newer
 * holder out until it has committed, or throws {@link Lease.Lost} and changes nothing.
 */
interface Books {

    /** The code of an order whose item somebody else took out of the cart. */
    String ITEM_REMOVED = "item_removed";

    /** The code of an order whose item somebody has begun to pay by card. */
    String PAYMENT_PENDING = "payment_pending";

    /** The code of an order that CoCalc does not sell. */
    String REFUSED = "refused_by_cocalc";

    /** An item that CoCalc says is older than an addition by more than this did not come of it. */
    Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    /**
     * Items in the cart are their orders' from now on. Where an order was added before, or the item is older than the addition that is
     * still open, it may be one that somebody has put back: then the addition is left open, for what it brings may still come.
     */
    void adopt(Lease lease, Map<Line, CartItem> items);

    /**
     * An item of an order is out of the cart, or is about to be: for the quiet time somebody's checkout may still buy it. An order
     * that belongs to no account belongs to this one then: here it is known when that time is over.
     */
    void removed(Lease lease, Line line, long item);

    /** Nothing of them is in the cart any more, and nothing can come. */
    void cancel(Lease lease, List<Line> lines);

    /** Its item is removed and was refused alone. @param words CoCalc's */
    void reject(Lease lease, Line line, String words);

    /** Not one that is to be cancelled, unless somebody pays it by card: then the wish cannot be carried out, and is dropped. */
    void hold(Lease lease, Collection<Held> orders);

    /**
     * Before their items are removed: should the answers be lost, they are held for this, or rejected as {@link #REFUSED}, and not
     * held as {@link #ITEM_REMOVED}.
     */
    void holding(Lease lease, Collection<Held> orders);

    void release(Lease lease, List<Line> lines);
}
