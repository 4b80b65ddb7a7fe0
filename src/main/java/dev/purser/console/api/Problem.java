package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What every error under {@code /api} looks like (RFC 9457). Says what a caller can do about it, never what broke inside. */
@Schema(name = "Problem", description = "An error as RFC 9457 describes it")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(description = "about:blank: the status says what kind of problem it is", examples = "about:blank")
        String type,

        @Schema(examples = "Bad Request") String title,
        @Schema(examples = "400") int status,
        @Schema(description = "What is wrong, for a person") String detail,

        @Schema(description = "Each wrong part of the request, when there are such parts")
        List<Part> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** One wrong part of a request. */
    @Schema(name = "ProblemPart")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(
            @Schema(description = "The name of the query parameter") @Nullable
            String parameter,

            String detail,

            @Schema(description = "Where in the body, as RFC 6901 writes it", examples = "/data/project_id") @Nullable
            String pointer) {

        public Part(@Nullable String parameter, String detail) {
            this(parameter, detail, null);
        }
    }

    public static Problem of(Response.StatusType status, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, List.of());
    }

    static Problem of(List<Part> wrong) {
        return new Problem(
                "about:blank",
                Response.Status.BAD_REQUEST.getReasonPhrase(),
                Response.Status.BAD_REQUEST.getStatusCode(),
                wrong.size() == 1 ? wrong.get(0).detail() : wrong.size() + " parameters are wrong",
                wrong);
    }

    /** @param wrong each with its pointer */
    static Problem ofBody(List<Part> wrong) {
        return new Problem(
                "about:blank",
                Response.Status.BAD_REQUEST.getReasonPhrase(),
                Response.Status.BAD_REQUEST.getStatusCode(),
                wrong.size() == 1 ? inBody(wrong.get(0)) : wrong.size() + " parts of the body are wrong",
                wrong);
    }

    private static String inBody(Part wrong) {
        String pointer = wrong.pointer();
        return (pointer == null || pointer.isEmpty() ? "The body" : pointer) + ": " + wrong.detail();
    }

    /** @param concerned what is in the way, one by one */
    static Problem conflict(String detail, List<String> concerned) {
        return new Problem(
                "about:blank",
                Response.Status.CONFLICT.getReasonPhrase(),
                Response.Status.CONFLICT.getStatusCode(),
                detail,
                concerned.stream().map(each -> new Part(null, each)).toList());
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
