package dev.purser.console.bill;

import dev.purser.console.page.NotThere;
import dev.purser.reconciliation.Breakdowns;
import dev.purser.reconciliation.Reconciliations;
import dev.purser.reconciliation.Renewals;
import dev.purser.reconciliation.Run;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The report of a reconciliation for whoever answers for the bill, on screen and on paper. */
@Path("/api/v1/reconciliations/{id}/report.html")
@Produces(MediaType.TEXT_HTML)
class ReportPage {

    private static final int MOST_LOOKS = 50;

    private final Reconciliations reconciliations;
    private final Breakdowns breakdowns;
    private final Renewals renewals;

    ReportPage(Reconciliations reconciliations, Breakdowns breakdowns, Renewals renewals) {
        this.reconciliations = reconciliations;
        this.breakdowns = breakdowns;
        this.renewals = renewals;
    }

    @CheckedTemplate(basePath = "console")
    static final class Templates {
        static native TemplateInstance report(ReportView report);

        static native TemplateInstance unreported(RunRow row);
    }

    @GET
    @Operation(hidden = true)
    public Response report(@PathParam("id") String id) {
        Optional<Run> run = id.matches("[0-9]{1,18}") ? reconciliations.find(Long.parseLong(id)) : Optional.empty();
        return run.map(found -> Response.ok(page(found)).build())
                .orElseGet(() -> NotThere.response("There is no reconciliation with this id."));
    }

    private TemplateInstance page(Run run) {
        return run.state() == Run.State.COMPLETED && run.reportKept()
                ? Templates.report(ReportView.of(
                        run, breakdowns.of(run.id()), breakdowns.discrepancies(run.id(), MOST_LOOKS), renewals.watch()))
                : Templates.unreported(RunRow.of(run));
    }
}
