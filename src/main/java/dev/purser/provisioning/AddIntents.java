package dev.purser.provisioning;

import dev.purser.provisioning.Standing.OpenAdd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The additions to carts, written down before they are sent; they are the throttle's count, too. */
interface AddIntents {

    /** One intent for each order that is still free to be added here; it binds the order to the account. @throws Lease.Lost */
    List<Planned> plan(Lease lease, List<Line> lines);

    /** What is known of each planned addition now; those that are not in the list stay open. @throws Lease.Lost */
    void answered(Lease lease, List<Answered> answers);

    /** No item came of them, and none will. @throws Lease.Lost */
    void giveUp(Lease lease, List<OpenAdd> adds);

    enum Result {
        ADDED,
        REFUSED,
        NOT_SENT
    }

    record Planned(long intent, Line line) {}

    /**
     * What came of one intent.
     *
     * @param result null where nobody can tell: the intent stays open
     * @param millisAgo when the answer came; the throttle counts from there
     * @param words CoCalc's: with REFUSED the order is at fault, without a result they are in no list
     */
    record Answered(
            Planned planned,
            @Nullable Result result,
            long millisAgo,
            @Nullable String words) {}
}
