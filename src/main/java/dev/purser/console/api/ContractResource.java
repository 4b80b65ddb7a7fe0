package dev.purser.console.api;

import dev.purser.kernel.event.Contracts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contract over Kafka, for programs that want to hold their events against it. */
@Path("/")
@Tag(name = "Contract")
class ContractResource {

    private static final String JSON = "application/json";
    private static final String JSON_SCHEMA = "application/schema+json";
    private static final String ASYNC_API = "application/vnd.aai.asyncapi+json;version=3.0.0";

    private final Contracts contracts;

    ContractResource(Contracts contracts) {
        this.contracts = contracts;
    }

    @GET
    @Path("asyncapi")
    @Produces(ASYNC_API)
    @Operation(
            summary = "Topics and events as an AsyncAPI 3 document",
            description = "It refers to the schemas at /schemas/.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(mediaType = ASYNC_API, schema = @Schema(type = SchemaType.OBJECT)))
    public Response asyncApi() {
        return Response.ok(contracts.asyncApi(), ASYNC_API).build();
    }

    @GET
    @Path("schemas")
    @Produces(JSON)
    @Operation(summary = "All events, each with its topic and the file of its JSON Schema")
    @APIResponse(
            responseCode = "200",
            description = "The list",
            content = @Content(mediaType = JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public Response index() {
        return Response.ok(contracts.file("index.json").orElseThrow(), JSON).build();
    }

    @GET
    @Path("schemas/{file}")
    @Produces({JSON_SCHEMA, JSON})
    @Operation(summary = "The JSON Schema (2020-12) of an event's data")
    @APIResponse(
            responseCode = "200",
            description = "The schema",
            content = @Content(mediaType = JSON_SCHEMA, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "404",
            description = "No such file",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response schema(@PathParam("file") String file) {
        return contracts
                .file(file)
                .map(bytes -> Response.ok(bytes, JSON_SCHEMA).build())
                .orElseGet(() -> Problem.of(Response.Status.NOT_FOUND, "There is no such schema; /schemas/ lists all.")
                        .response());
    }
}
