package dev.purser.console.api;

import dev.purser.reconciliation.month.ClosedMonth;
import dev.purser.reconciliation.month.Closing;
import dev.purser.reconciliation.month.Months;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/months")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation")
class MonthsResource {

    private final Months months;
    private final SecurityIdentity caller;

    MonthsResource(Months months, SecurityIdentity caller) {
        this.months = months;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Closed months, all of them on one page")
    public MonthList list() {
        return new MonthList(months.list().stream().map(MonthJson::of).toList(), null);
    }

    @GET
    @Path("/{month}")
    @Operation(summary = "One month (UTC): sealed, or still open")
    @APIResponse(
            responseCode = "200",
            description = "The month",
            content = @Content(schema = @Schema(implementation = MonthJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "A month before the year 2000",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such month",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(@PathParam("month") String month) {
        return of(month, asked -> Response.ok(
                        months.find(asked).map(MonthJson::of).orElseGet(() -> MonthJson.open(asked)))
                .build());
    }

    @POST
    @Path("/{month}/close")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("finance")
    @Operation(
            summary = "Seal a month",
            description =
                    "Its lines, its opening and its closing balance are sealed by a chain of SHA-256 hashes. What changes later is an"
                            + " adjustment in the open month. Closing it again changes nothing and answers the same hash.")
    @APIResponse(
            responseCode = "200",
            description = "The month, sealed now or before",
            content = @Content(schema = @Schema(implementation = MonthJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "A month before the year 2000",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such month",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "Something of it is in flight, unknown or not read; detail says what to do, errors names the orders",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response close(@PathParam("month") String month) {
        return of(month, asked -> months.close(asked, Caller.actor(caller)).fold(new Closing.Cases<>() {
            @Override
            public Response closed(ClosedMonth closed) {
                return Response.ok(MonthJson.of(closed)).build();
            }

            @Override
            public Response refused(String code, String message, List<String> concerned) {
                return Problem.conflict(message, concerned).response();
            }
        }));
    }

    @POST
    @Path("/{month}/verify")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Compute the chain of a closed month again",
            description = "Whether the database still holds what was sealed; one changed cent is found.")
    @APIResponse(
            responseCode = "200",
            description = "What was sealed, and what is there now",
            content = @Content(schema = @Schema(implementation = MonthJson.Verified.class)))
    @APIResponse(
            responseCode = "400",
            description = "A month before the year 2000",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such month",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The month is not closed",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response verify(@PathParam("month") String month) {
        return of(month, asked -> months.verify(asked)
                .map(found -> Response.ok(MonthJson.Verified.of(found)).build())
                .orElseGet(() -> Problem.of(
                                Response.Status.CONFLICT,
                                asked + " is not closed, so there is nothing to verify; POST /api/v1/months/" + asked
                                        + "/close seals it.")
                        .response()));
    }

    private static Response of(String month, Function<YearMonth, Response> answer) {
        Optional<YearMonth> asked = parse(month);
        if (asked.isPresent() && asked.get().getYear() < 2000) {
            return Problem.of(Response.Status.BAD_REQUEST, "A month is one of the years 2000 to 9999, as in 2026-11.")
                    .response();
        }
        return asked.map(answer)
                .orElseGet(() -> Problem.of(Response.Status.NOT_FOUND, "A month is written as in 2026-11.")
                        .response());
    }

    private static Optional<YearMonth> parse(String month) {
        try {
            return month.matches("[0-9]{4}-[0-9]{2}") ? Optional.of(YearMonth.parse(month)) : Optional.empty();
        } catch (DateTimeException thirteen) {
            return Optional.empty();
        }
    }

    @Schema(name = "MonthList")
    record MonthList(
            List<MonthJson> items,
            @Schema(description = "Always null") @Nullable String next) {}
}
