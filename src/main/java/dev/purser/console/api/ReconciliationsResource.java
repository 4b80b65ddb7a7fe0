package dev.purser.console.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.reconciliation.Reconciliations;
import dev.purser.reconciliation.Run;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation")
class ReconciliationsResource {

    private final Reconciliations reconciliations;
    private final ObjectMapper json;
    private final SecurityIdentity caller;

    ReconciliationsResource(Reconciliations reconciliations, ObjectMapper json, SecurityIdentity caller) {
        this.reconciliations = reconciliations;
        this.json = json;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("finance")
    @Operation(
            summary = "Read CoCalc's ledger and compare it with the orders",
            description =
                    "It runs on after the answer; Location is where to follow it. Two at once are one: while one runs, the answer is that one, whatever its days.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RangeForm.class)))
    @APIResponse(
            responseCode = "202",
            description = "The run",
            content = @Content(schema = @Schema(implementation = ReconciliationJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "The days cannot be read",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response start(String body) {
        RangeForm.Asked asked = RangeForm.read(json, body);
        if (!asked.wrong().isEmpty()) {
            return Problem.ofBody(asked.wrong()).response();
        }
        Run run = reconciliations.start(asked.range(), Caller.actor(caller));
        return Response.accepted(ReconciliationJson.of(run))
                .location(URI.create("/api/v1/reconciliations/" + run.id()))
                .build();
    }

    @GET
    @Operation(summary = "Reconciliations, newest first")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = ReconciliationList.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; errors names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(@BeanParam Paging paging) {
        Paging.Asked asked = paging.read();
        return asked.problem().map(Problem::response).orElseGet(() -> {
            List<Run> oneMore = reconciliations.list(asked.before(), asked.oneMore());
            return Response.ok(new ReconciliationList(
                            asked.shown(oneMore).stream()
                                    .map(ReconciliationJson::of)
                                    .toList(),
                            asked.next(oneMore, Run::id)))
                    .build();
        });
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "One reconciliation",
            description = "How far it is while it runs, and what it found. Each row is in report.csv.")
    @APIResponse(
            responseCode = "200",
            description = "The run",
            content = @Content(schema = @Schema(implementation = ReconciliationJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(
            @PathParam("id") @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) String id) {
        return find(id).map(run -> Response.ok(ReconciliationJson.of(run)).build())
                .orElseGet(ReconciliationsResource::unknown);
    }

    @GET
    @Path("/{id}/report.csv")
    @Produces({CsvAnswer.CSV, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "A line for each line of the ledger and each order",
            description =
                    "Amounts in cents. The last line has class TOTAL and the sums; /api/v1/reconciliations/{id}/report.html is the same for a person.")
    @APIResponse(
            responseCode = "200",
            description = "The rows",
            content = @Content(mediaType = CsvAnswer.CSV, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "No such run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "410",
            description = "The run is so old that its rows are not kept; its totals are",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The run is not over, or it could not read the whole ledger and concluded nothing",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response report(
            @PathParam("id") @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) String id)
            throws IOException {
        Optional<Run> run = find(id);
        if (run.isEmpty()) {
            return unknown();
        }
        if (run.get().state() != Run.State.COMPLETED) {
            return nothingConcluded(run.get());
        }
        return run.get().reportKept() ? csv(run.get()) : gone();
    }

    private Response csv(Run run) throws IOException {
        return CsvAnswer.of("reconciliation-" + run.id() + ".csv", out -> {
                    try (ReportCsv report = new ReportCsv(out)) {
                        reconciliations.rows(run.id(), report);
                        report.total();
                        // They may have gone just now.
                        return reconciliations.find(run.id()).orElseThrow().reportKept();
                    }
                })
                .orElseGet(ReconciliationsResource::gone);
    }

    private Optional<Run> find(String id) {
        return id.matches("[0-9]{1,18}") ? reconciliations.find(Long.parseLong(id)) : Optional.empty();
    }

    private static Response nothingConcluded(Run run) {
        return Problem.of(
                        Response.Status.CONFLICT,
                        run.state() == Run.State.RUNNING
                                ? "This reconciliation is not over yet."
                                : "This reconciliation has no report, because it could not read the whole ledger: "
                                        + run.reason())
                .response();
    }

    private static Response gone() {
        return Problem.of(
                        Response.Status.GONE,
                        "The rows of this reconciliation are not kept any more, its totals are. Reconcile its days again"
                                + " for a report of them; PURSER_RECONCILIATION_REPORTS says how many are kept.")
                .response();
    }

    private static Response unknown() {
        return Problem.of(Response.Status.NOT_FOUND, "There is no reconciliation with this id.")
                .response();
    }

    @Schema(name = "ReconciliationList")
    record ReconciliationList(
            List<ReconciliationJson> items,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {}
}
