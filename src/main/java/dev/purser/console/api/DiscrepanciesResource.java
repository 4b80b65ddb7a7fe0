package dev.purser.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.console.Note;
import dev.purser.reconciliation.Discrepancies;
import dev.purser.reconciliation.Discrepancy;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
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

@Path("/api/v1/discrepancies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation")
class DiscrepanciesResource {

    private final Discrepancies discrepancies;
    private final ObjectMapper json;
    private final SecurityIdentity caller;
    private final Clock clock;

    DiscrepanciesResource(Discrepancies discrepancies, ObjectMapper json, SecurityIdentity caller, Clock clock) {
        this.discrepancies = discrepancies;
        this.json = json;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "What the bill and the orders differ in, newest first",
            description = "aging counts the open ones by days since they were opened.")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = DiscrepancyList.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; errors names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(
            @QueryParam("all")
                    @Parameter(
                            description = "true: closed ones, too",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @Nullable
                    String all,
            @BeanParam Paging paging) {
        Paging.Asked asked = paging.read();
        return asked.problem().map(Problem::response).orElseGet(() -> {
            Instant now = clock.instant();
            List<Discrepancy> oneMore = discrepancies.list(!"true".equals(all), asked.before(), asked.oneMore());
            return Response.ok(new DiscrepancyList(
                            asked.shown(oneMore).stream()
                                    .map(each -> DiscrepancyJson.of(each, now))
                                    .toList(),
                            discrepancies.aging().stream()
                                    .map(DiscrepancyJson.Aged::of)
                                    .toList(),
                            asked.next(oneMore, Discrepancy::id)))
                    .build();
        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One discrepancy")
    @APIResponse(
            responseCode = "200",
            description = "The discrepancy",
            content = @Content(schema = @Schema(implementation = DiscrepancyJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such discrepancy",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(
            @PathParam("id") @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) String id) {
        return find(id).map(this::answer).orElseGet(DiscrepanciesResource::unknown);
    }

    @POST
    @Path("/{id}/explain")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("finance")
    @Operation(
            summary = "Say why a discrepancy is right as it is",
            description =
                    "The note stands in every report with the name of who wrote it, until the facts agree. A later note takes its place.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExplanationForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The discrepancy, explained",
            content = @Content(schema = @Schema(implementation = DiscrepancyJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "There is no note",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such discrepancy",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "It is closed: the facts agree",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response explain(
            @PathParam("id") @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) String id,
            String body) {
        Optional<Discrepancy> found = find(id);
        if (found.isEmpty()) {
            return unknown();
        }
        Optional<Note> note = note(body);
        if (note.isEmpty()) {
            return Problem.ofBody(List.of(new Problem.Part(null, Note.RULE, "/note")))
                    .response();
        }
        return discrepancies
                .explain(found.get().id(), Caller.actor(caller), note.get().text())
                .map(this::answer)
                .orElseGet(() -> Problem.of(
                                Response.Status.CONFLICT,
                                "This discrepancy is closed, because the facts agree; there is nothing to explain.")
                        .response());
    }

    private Optional<Note> note(String body) {
        try {
            return Note.parse(json.readTree(body).path("note").asText(""));
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private Optional<Discrepancy> find(String id) {
        return id.matches("[0-9]{1,18}") ? discrepancies.find(Long.parseLong(id)) : Optional.empty();
    }

    private Response answer(Discrepancy found) {
        return Response.ok(DiscrepancyJson.of(found, clock.instant())).build();
    }

    private static Response unknown() {
        return Problem.of(Response.Status.NOT_FOUND, "There is no discrepancy with this id.")
                .response();
    }

    @Schema(name = "Explanation")
    record ExplanationForm(
            @Schema(description = "Why it is right as it is", examples = "bought by hand for the pilot, invoice 4711")
            String note) {}

    @Schema(name = "DiscrepancyList")
    record DiscrepancyList(
            List<DiscrepancyJson> items,
            List<DiscrepancyJson.Aged> aging,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {}
}
