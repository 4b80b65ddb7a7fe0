package dev.purser.automation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.reconciliation.Range;
import dev.purser.reconciliation.Reconciliations;
import dev.purser.reconciliation.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Has orders and bill compared, and looks whether it is done. */
@ApplicationScoped
class BillHand {

    /** Of so many runs, the newest, one is known by whoever asked for it. */
    private static final int RECENT = 100;

    private final Reconciliations reconciliations;

    BillHand(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    /** One run at a time: where another is on its way, the command waits for its turn. */
    Tried compare(Range range, String actor) {
        Run run = mine(actor).orElseGet(() -> reconciliations.start(range, actor));
        if (run.state() == Run.State.RUNNING) {
            return new Tried.Again(
                    Obstacle.STILL_RUNNING, "reconciliation " + run.id() + " is running: " + run.phase(), null);
        }
        if (!run.actor().equals(actor)) {
            return new Tried.Again(Obstacle.STILL_RUNNING, "another reconciliation has just ended", null);
        }
        return run.state() == Run.State.COMPLETED
                ? new Tried.Done(result(run))
                : new Tried.Failed(
                        "pull_incomplete",
                        "The ledger could not be read as a whole, and nothing was concluded: " + run.reason()
                                + ". Send it under a new id when CoCalc is well.",
                        result(run));
    }

    private Optional<Run> mine(String actor) {
        return reconciliations.list(null, RECENT).stream()
                .filter(run -> run.actor().equals(actor))
                .findFirst();
    }

    private static ObjectNode result(Run run) {
        ObjectNode result = Bench.object()
                .put("reconciliation_id", run.id())
                .put("state", run.state().name())
                .put("bill_cents", run.billCents())
                .put("unexplained_cents", run.unexplainedCents())
                .put("discrepancies", run.discrepancies());
        ObjectNode totals = result.putObject("totals");
        run.totals().forEach((finding, total) -> totals.putObject(finding.name())
                .put("count", total.count())
                .put("cents", total.billedCents()));
        return result;
    }
}
