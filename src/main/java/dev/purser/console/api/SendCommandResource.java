package dev.purser.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.automation.CommandView;
import dev.purser.automation.Commands;
import dev.purser.automation.Receipt;
import dev.purser.automation.Request;
import dev.purser.kernel.event.EventReader;
import dev.purser.kernel.event.Flaw;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where commands are sent to. */
@Path("/api/v1/commands")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Commands")
class SendCommandResource {

    private static final String BODY = "{\"id\", \"verb\", \"data\"}";

    private final Commands commands;
    private final SecurityIdentity caller;
    private final Clock clock;

    SendCommandResource(Commands commands, SecurityIdentity caller, Clock clock) {
        this.commands = commands;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"operator", "approver", "finance"})
    @Operation(
            summary = "Ask for something other than an order",
            description =
                    "The same id with the same content is the same command, however often it is sent. order.approve is for approvers,"
                            + " purchases.pull, licenses.list and reconciliation.run for operators and finance, all else for operators."
                            + " The answer comes at GET /commands/{id} and on Kafka.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = {"id", "verb", "data"},
                                            description = "id: 1 to 128 of A-Z a-z 0-9 . _ : / -; verb: for example"
                                                    + " project.stop; data: an object, whose schema is at /schemas/")))
    @APIResponse(
            responseCode = "202",
            description = "The command, as it stands",
            headers = @Header(name = "Location", description = "Where its answer will be"),
            content = @Content(schema = @Schema(implementation = CommandJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something is wrong with it; errors names each place",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another command was sent with this id",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Not JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response send(@Context UriInfo uri, byte[] body) throws IOException {
        JsonNode json;
        try {
            json = EventReader.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return bad("The body is no JSON that can be read; it must be " + BODY + ".");
        }
        if (!json.isObject()) {
            return bad("The body must be a JSON object " + BODY + ".");
        }
        String verb = json.path("verb").asText("");
        if (!CommandRights.maySend(caller, verb)) {
            throw new ForbiddenException();
        }
        Request request = new Request(
                json.path("id").asText(""),
                verb,
                json.has("data") ? json.path("data") : EventReader.JSON.createObjectNode(),
                Caller.actor(caller),
                clock.instant(),
                null);
        return commands.accept(List.of(request)).get(0).fold(new Receipt.Cases<>() {
            @Override
            public Response accepted(String id) {
                return told(uri, id);
            }

            @Override
            public Response duplicate(String id) {
                return told(uri, id);
            }

            @Override
            public Response conflict(String message) {
                return Problem.of(Response.Status.CONFLICT, message).response();
            }

            @Override
            public Response invalid(List<Flaw> flaws) {
                return Problem.ofBody(flaws.stream()
                                .map(flaw -> new Problem.Part(null, flaw.message(), flaw.pointer()))
                                .toList())
                        .response();
            }
        });
    }

    private Response told(UriInfo uri, String id) {
        CommandView command = commands.find(id).orElseThrow();
        return Response.accepted(CommandRights.shown(caller, command))
                .location(
                        uri.getBaseUriBuilder().path("api/v1/commands").path(id).build())
                .build();
    }

    private static Response bad(String why) {
        return Problem.of(Response.Status.BAD_REQUEST, why).response();
    }
}
