package dev.purser.provisioning;

import java.util.List;

/** What CoCalc billed for our checkouts. Each method is one transaction; it proves the lease first, or throws {@link Lease.Lost}. */
interface Bills {

    /** Before the ledger is asked: the question counts for its throttle. */
    void asking(Lease lease);

    /** Orders learn their purchases, the budget what was really spent; an objection pauses the account. */
    void book(Lease lease, List<Bill.Verdict> verdicts);
}
