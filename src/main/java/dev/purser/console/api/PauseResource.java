package dev.purser.console.api;

import dev.purser.provisioning.Pauses;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The pause of all purchasing accounts. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
class PauseResource {

    private final Pauses pauses;
    private final SecurityIdentity caller;

    PauseResource(Pauses pauses, SecurityIdentity caller) {
        this.pauses = pauses;
        this.caller = caller;
    }

    @GET
    @Path("/pause")
    @Operation(summary = "Whether all buying is paused, since when and by whom")
    public PauseJson standing() {
        return PauseJson.of(pauses.everywhere());
    }

    @POST
    @Path("/pause")
    @RolesAllowed("operator")
    @Operation(
            summary = "Stop buying with all purchasing accounts",
            description =
                    "Open checkouts are still settled, orders still come in. It lasts over restarts, until somebody resumes.")
    @APIResponse(
            responseCode = "200",
            description = "The pause; one that was there before keeps its reason",
            content = @Content(schema = @Schema(implementation = PauseJson.class)))
    public Response pause(@BeanParam PauseReason reason) {
        return reason.problem().map(Problem::response).orElseGet(() -> {
            pauses.begin(null, reason.text(), Caller.actor(caller));
            return Response.ok(standing()).build();
        });
    }

    @POST
    @Path("/resume")
    @RolesAllowed("operator")
    @Operation(
            summary = "End the pause of all purchasing accounts",
            description = "One that is paused for a reason of its own stays so. Who resumed is kept.")
    public PauseJson resume() {
        pauses.end(null, Caller.actor(caller));
        return standing();
    }

    @Schema(name = "Pause")
    record PauseJson(
            boolean paused,
            @Nullable String reason,
            @Schema(examples = "http:alice") @Nullable String by,
            @Nullable Instant since) {

        static PauseJson of(Optional<Pauses.Pause> pause) {
            return pause.map(open -> new PauseJson(true, open.reason(), open.by(), open.since()))
                    .orElseGet(() -> new PauseJson(false, null, null, null));
        }
    }
}
