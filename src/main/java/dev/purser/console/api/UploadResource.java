package dev.purser.console.api;

import dev.purser.intake.ImportView;
import dev.purser.intake.Uploads;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** CSV files by HTTP, on the same way as dropped ones. */
@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
class UploadResource {

    private static final String CSV = "text/csv";
    private static final String USUAL_NAME = "upload.csv";
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=(?:\"([^\"]*)\"|([^;\\s]+))");

    private final Uploads uploads;

    UploadResource(Uploads uploads) {
        this.uploads = uploads;
    }

    @POST
    @Consumes(CSV)
    @RolesAllowed("operator")
    @Operation(
            summary = "Send a CSV of orders, or of commands, as if it were dropped",
            description =
                    "Of up to 1 GB; it is kept before the answer and read after it. What becomes of it is at the Location, its rows at"
                            + " results.csv below. The name is that of the query, of Content-Disposition, or upload.csv.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = CSV,
                        schema = @Schema(type = SchemaType.STRING, description = "A file as it would be dropped")),
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema =
                                @Schema(
                                        type = SchemaType.OBJECT,
                                        requiredProperties = "file",
                                        properties =
                                                @SchemaProperty(
                                                        name = "file",
                                                        type = SchemaType.STRING,
                                                        format = "binary")))
            })
    @APIResponse(
            responseCode = "202",
            description = "The file is kept, and being read",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where its progress is",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "The name is none, or the form has no file",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither CSV nor a form",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response csv(
            @QueryParam("name") @Parameter(description = "What the file is called", example = "orders.csv") @Nullable
                    String name,
            @HeaderParam(HttpHeaders.CONTENT_DISPOSITION) @Parameter(hidden = true) @Nullable String disposition,
            @Context UriInfo uri,
            InputStream body)
            throws IOException {
        return receive(name == null ? named(disposition) : name, body, uri);
    }

    /** The same from a form; described above. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed("operator")
    @Operation(hidden = true)
    public Response form(
            @QueryParam("name") @Nullable String name,
            @RestForm("file") @Nullable FileUpload file,
            @Context UriInfo uri)
            throws IOException {
        if (file == null) {
            return Problem.of(Response.Status.BAD_REQUEST, "The form must have a file in its field \"file\".")
                    .response();
        }
        try (InputStream content = Files.newInputStream(file.uploadedFile())) {
            return receive(name == null ? lastPart(file.fileName()) : name, content, uri);
        }
    }

    private Response receive(String name, InputStream content, UriInfo uri) throws IOException {
        Optional<ImportView> file = uploads.receive(name, content);
        return file.map(received -> Response.accepted(ImportJson.of(received, null))
                        .location(uri.getBaseUriBuilder()
                                .path("api/v1/imports")
                                .path(Long.toString(received.id()))
                                .build())
                        .build())
                .orElseGet(() -> Problem.of(List.of(new Problem.Part("name", "name is " + Uploads.NAME_HINT)))
                        .response());
    }

    private static String named(@Nullable String disposition) {
        Matcher name = FILE_NAME.matcher(disposition == null ? "" : disposition);
        return name.find() ? lastPart(name.group(1) == null ? name.group(2) : name.group(1)) : USUAL_NAME;
    }

    /** Some browsers send a whole path. */
    private static String lastPart(@Nullable String path) {
        return path == null ? USUAL_NAME : path.replaceAll(".*[/\\\\]", "");
    }
}
