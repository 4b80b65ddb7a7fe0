package dev.purser.console.bill;

import dev.purser.console.Note;
import dev.purser.console.api.Caller;
import dev.purser.reconciliation.Discrepancies;
import dev.purser.reconciliation.Range;
import dev.purser.reconciliation.Reconciliations;
import dev.purser.reconciliation.Renewals;
import dev.purser.reconciliation.Run;
import dev.purser.reconciliation.month.ClosedMonth;
import dev.purser.reconciliation.month.Closing;
import dev.purser.reconciliation.month.Months;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** For finance: what was reconciled, what differs, what is sealed and what will renew itself. */
@Path("/reconciliation")
@Produces(MediaType.TEXT_HTML)
class ReconciliationPage {

    private static final int LATEST_RUNS = 10;
    private static final int LATEST_DISCREPANCIES = 100;
    private static final String MONTH_RULE = "A month is one of the years 2000 to 9999, as in 2026-11.";

    private final Reconciliations reconciliations;
    private final Discrepancies discrepancies;
    private final Months months;
    private final Renewals renewals;
    private final SecurityIdentity caller;
    private final Clock clock;

    ReconciliationPage(
            Reconciliations reconciliations,
            Discrepancies discrepancies,
            Months months,
            Renewals renewals,
            SecurityIdentity caller,
            Clock clock) {
        this.reconciliations = reconciliations;
        this.discrepancies = discrepancies;
        this.months = months;
        this.renewals = renewals;
        this.caller = caller;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "console")
    static final class Templates {
        static native TemplateInstance reconciliation(DeskView desk);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance page() {
        return desk(null, "good-to-know");
    }

    @POST
    @Path("/runs")
    @RolesAllowed("finance")
    @Operation(hidden = true)
    public Response start() {
        Run run = reconciliations.start(Range.OPEN, Caller.actor(caller));
        return Response.seeOther(URI.create("/api/v1/reconciliations/" + run.id() + "/report.html"))
                .build();
    }

    @POST
    @Path("/discrepancies/{id}")
    @RolesAllowed("finance")
    @Operation(hidden = true)
    public Response explain(@PathParam("id") long id, @FormParam("note") @Nullable String note) {
        Optional<Note> text = Note.parse(note == null ? "" : note);
        if (text.isEmpty()) {
            return refused(Note.RULE);
        }
        return discrepancies
                .explain(id, Caller.actor(caller), text.get().text())
                .map(explained -> Response.seeOther(URI.create("/reconciliation#discrepancies"))
                        .build())
                .orElseGet(() -> refused("No such discrepancy is open: the facts agree by now."));
    }

    @POST
    @Path("/months")
    @RolesAllowed("finance")
    @Operation(hidden = true)
    public Response close(@FormParam("month") @Nullable String month) {
        Optional<YearMonth> asked = month(month);
        if (asked.isEmpty()) {
            return refused(MONTH_RULE);
        }
        return months.close(asked.get(), Caller.actor(caller)).fold(new Closing.Cases<>() {
            @Override
            public Response closed(ClosedMonth closed) {
                return Response.seeOther(URI.create("/reconciliation#months")).build();
            }

            @Override
            public Response refused(String code, String message, List<String> concerned) {
                return ReconciliationPage.this.refused(
                        concerned.isEmpty() ? message : message + ": " + String.join(", ", concerned));
            }
        });
    }

    @POST
    @Path("/months/{month}/verify")
    @Operation(hidden = true)
    public Response verify(@PathParam("month") String month) {
        Optional<YearMonth> asked = month(month);
        if (asked.isEmpty()) {
            return refused(MONTH_RULE);
        }
        return months.verify(asked.get())
                .map(verification -> Response.ok(
                                verification.holds()
                                        ? desk(
                                                month + " is what was sealed: the chain gives the same hash again.",
                                                "good-to-know")
                                        : desk(
                                                month + " is not what was sealed. "
                                                        + String.join("; ", verification.differences()),
                                                "stopped"))
                        .build())
                .orElseGet(() -> refused(month + " is not closed."));
    }

    private static Optional<YearMonth> month(@Nullable String text) {
        try {
            return Optional.of(YearMonth.parse(text == null ? "" : text))
                    .filter(month -> month.getYear() >= 2000 && month.getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Response refused(String why) {
        return Response.status(Response.Status.CONFLICT)
                .entity(desk(why, "needs-you"))
                .build();
    }

    private TemplateInstance desk(@Nullable String told, String kind) {
        return Templates.reconciliation(DeskView.of(
                told,
                kind,
                reconciliations.list(null, LATEST_RUNS),
                discrepancies.aging(),
                discrepancies.list(true, null, LATEST_DISCREPANCIES),
                months.list(),
                renewals.watch(),
                clock.instant()));
    }
}
