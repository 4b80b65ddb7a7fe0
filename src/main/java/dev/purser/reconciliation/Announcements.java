package dev.purser.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.outcomes.Announcement;
import dev.purser.outcomes.Topic;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the world is told of a run. Ids are derived from what happened, so that the same is told once. */
final class Announcements {

    private Announcements() {}

    static Announcement completed(Run run, Instant at) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("run_id", run.id())
                .put("state", run.state().name())
                .put("reason", run.reason())
                .put("from", text(run.range().from()))
                .put("to", text(run.range().to()))
                .put("bill_cents", run.billCents())
                .put("unexplained_cents", run.unexplainedCents())
                .put("discrepancies", run.discrepancies());
        ObjectNode totals = data.putObject("totals");
        run.totals().forEach((finding, total) -> totals.putObject(finding.name())
                .put("count", total.count())
                .put("cents", total.billedCents()));
        return of(
                run.id(),
                "reconciliation/" + run.id() + "/completed",
                "dev.purser.reconciliation.completed.v1",
                at,
                data);
    }

    static Announcement opened(Discrepancy discrepancy, long run) {
        return of(discrepancy, run, "opened", discrepancy.openedAt());
    }

    static Announcement closed(Discrepancy discrepancy, long run) {
        Instant at = discrepancy.closedAt();
        return of(discrepancy, run, "closed", at == null ? discrepancy.seenAt() : at);
    }

    private static Announcement of(Discrepancy discrepancy, long run, String what, Instant at) {
        UUID license = discrepancy.licenseId();
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("discrepancy_id", discrepancy.id())
                .put("run_id", run)
                .put("class", discrepancy.finding().name())
                .put("subject", discrepancy.subject())
                .put("order_id", discrepancy.orderId())
                .put("purchase_id", discrepancy.purchaseId())
                .put("license_id", text(license))
                .put("ordered_cents", discrepancy.orderedCents())
                .put("billed_cents", discrepancy.billedCents());
        return of(
                run,
                "discrepancy/" + discrepancy.id() + "/" + what,
                "dev.purser.discrepancy." + what + ".v1",
                at,
                data);
    }

    private static Announcement of(long run, String id, String type, Instant at, ObjectNode data) {
        return new Announcement(Topic.RECONCILIATION, id, type, Long.toString(run), null, at, data.toString());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
