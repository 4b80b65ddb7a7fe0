package dev.purser.console.api;

import dev.purser.automation.CommandView;
import dev.purser.automation.Commands;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/commands")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Commands")
class CommandsResource {

    private final Commands commands;
    private final SecurityIdentity caller;

    CommandsResource(Commands commands, SecurityIdentity caller) {
        this.commands = commands;
        this.caller = caller;
    }

    /** The path may go on after a slash, because an id may contain some. */
    @GET
    @Path("/{id: .+}")
    @Operation(summary = "One command, with its answer when it has ended")
    @APIResponse(
            responseCode = "200",
            description = "The command",
            content = @Content(schema = @Schema(implementation = CommandJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such command",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(
            @PathParam("id")
                    @Parameter(
                            schema = @Schema(type = SchemaType.STRING, pattern = Commands.ID_SHAPE),
                            example = "stop-17")
                    String id) {
        return commands.find(id)
                .map(command ->
                        Response.ok(CommandRights.shown(caller, command)).build())
                .orElseGet(() -> Problem.of(Response.Status.NOT_FOUND, "There is no command with this id.")
                        .response());
    }

    @GET
    @Operation(summary = "Commands, newest first, without their results")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = CommandList.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; errors names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(@BeanParam Paging paging) {
        Paging.Asked asked = paging.read();
        return asked.problem().map(Problem::response).orElseGet(() -> {
            List<CommandView> oneMore = commands.page(asked.before(), asked.oneMore());
            return Response.ok(new CommandList(
                            asked.shown(oneMore).stream()
                                    .map(CommandJson::listed)
                                    .toList(),
                            asked.next(oneMore, CommandView::ref)))
                    .build();
        });
    }

    @Schema(name = "CommandList")
    record CommandList(
            List<CommandJson> items,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {}
}
