package dev.purser.console.page;

import dev.purser.console.page.Advice.Urgency;
import dev.purser.reconciliation.Aging;
import dev.purser.reconciliation.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to do next about the bill. */
final class BillAdvice {

    private BillAdvice() {}

    static List<Advice> on(Optional<Run> latest, List<Aging> aging) {
        List<Advice> all = new ArrayList<>();
        latest.filter(run -> run.state() == Run.State.PULL_INCOMPLETE)
                .ifPresent(run -> all.add(new Advice(
                        Urgency.NEEDS_YOU,
                        "Reconciliation " + run.id() + " could not read the whole ledger, so nothing was concluded: "
                                + run.reason() + ". Start it again at /reconciliation.")));
        long toExplain = aging.stream()
                .mapToLong(each -> each.count() - each.explained())
                .sum();
        if (toExplain > 0) {
            all.add(new Advice(
                    Urgency.NEEDS_YOU,
                    (toExplain == 1
                                    ? "1 line of the bill or order differs"
                                    : toExplain + " lines of the bill or orders differ")
                            + ". Look at /reconciliation, and explain what is right as it is."));
        }
        return all;
    }
}
