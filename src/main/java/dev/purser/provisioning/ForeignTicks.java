package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import java.util.List;

/** Ticks of others in our cart that are to be put back. Each method is one transaction and keeps to the lease as {@link Books} do. */
interface ForeignTicks {

    /** Before they are unticked: these ticks are to be put back. */
    void noteTicks(Lease lease, List<CartItem> foreign);

    /** Before it is ticked again: a lost request may still put it into a checkout. */
    void noteRetick(Lease lease, long item);

    void tickRestored(Lease lease, long item);
}
