package dev.purser.console.api;

import dev.purser.budget.Budget;
import dev.purser.intake.DryRun;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/quotes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
class QuotesResource {

    private static final String CSV = "text/csv";

    private final DryRun dryRun;
    private final Budget budget;

    QuotesResource(DryRun dryRun, Budget budget) {
        this.dryRun = dryRun;
        this.budget = budget;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            summary = "What orders would cost, by Purser's own price function",
            description =
                    "Buys and stores nothing. Says of each order everything that is wrong with it, or whether it would be"
                            + " held by a limit that is known now.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(description = "Order data, or an array of such", type = SchemaType.OBJECT)),
                @Content(
                        mediaType = CSV,
                        schema = @Schema(description = "A file as it would be dropped", type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "200",
            description = "The prices, in the order of the request",
            content = @Content(schema = @Schema(implementation = QuotesJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "The body is neither order data nor a CSV of orders",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor CSV",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response quote(@Context HttpHeaders headers, byte[] body) throws IOException {
        boolean csv = headers.getMediaType() != null && headers.getMediaType().isCompatible(MediaType.valueOf(CSV));
        DryRun.Sheet sheet = csv ? ofCsv(body) : dryRun.ofJson(body);
        if (sheet.flaw() != null) {
            return Problem.of(Response.Status.BAD_REQUEST, sheet.flaw()).response();
        }
        Quoting quoting = new Quoting(budget.untouched(sheet.campaigns()));
        sheet.entries().forEach(quoting::add);
        return Response.ok(quoting.sum()).build();
    }

    private DryRun.Sheet ofCsv(byte[] body) throws IOException {
        java.nio.file.Path file = Files.createTempFile("purser-quote", ".csv");
        try {
            return dryRun.ofCsv(Files.write(file, body));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
