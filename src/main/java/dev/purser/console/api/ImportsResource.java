package dev.purser.console.api;

import dev.purser.intake.ImportView;
import dev.purser.intake.Imports;
import dev.purser.intake.Results;
import dev.purser.orders.Orders;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
class ImportsResource {

    private final Imports imports;
    private final Results results;
    private final Orders orders;

    ImportsResource(Imports imports, Results results, Orders orders) {
        this.imports = imports;
        this.results = results;
        this.orders = orders;
    }

    @GET
    @Operation(summary = "Dropped CSV files, newest first")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = ImportList.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; errors names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(@BeanParam Paging paging) {
        Paging.Asked asked = paging.read();
        return asked.problem().map(Problem::response).orElseGet(() -> {
            List<ImportView> oneMore = imports.page(asked.before(), asked.oneMore());
            return Response.ok(new ImportList(
                            asked.shown(oneMore).stream()
                                    .map(file -> ImportJson.of(file, null))
                                    .toList(),
                            asked.next(oneMore, ImportView::id)))
                    .build();
        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One dropped file: what was read of it, and how many of its orders are open")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(schema = @Schema(implementation = ImportJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such import",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(
            @PathParam("id") @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) String id) {
        return find(id).map(file -> Response.ok(ImportJson.of(file, orders.counts(file.id())))
                        .build())
                .orElseGet(ImportsResource::unknown);
    }

    @GET
    @Path("/{id}/results.csv")
    @Produces({CsvAnswer.CSV, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "The file's rows as they were dropped, each with what has become of it by now",
            description = "In the separator of the dropped file. A file in quarantine has no results.")
    @APIResponse(
            responseCode = "200",
            description = "The rows",
            content = @Content(mediaType = CsvAnswer.CSV, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "No such import, or it has no results",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response results(
            @PathParam("id") @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) String id)
            throws IOException {
        Optional<ImportView> file = find(id);
        if (file.isEmpty()) {
            return unknown();
        }
        return CsvAnswer.of(
                        "import-" + file.get().id() + ".results.csv",
                        out -> results.write(file.get().id(), out))
                .orElseGet(() -> Problem.of(
                                Response.Status.NOT_FOUND,
                                "This import has no results: its file is in quarantine, or lies with another instance.")
                        .response());
    }

    private Optional<ImportView> find(String id) {
        return id.matches("[0-9]{1,18}") ? imports.find(Long.parseLong(id)) : Optional.empty();
    }

    private static Response unknown() {
        return Problem.of(Response.Status.NOT_FOUND, "There is no import with this id.")
                .response();
    }

    @Schema(name = "ImportList")
    record ImportList(
            List<ImportJson> items,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {}
}
