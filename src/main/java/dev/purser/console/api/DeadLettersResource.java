package dev.purser.console.api;

import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.DeadLetters;
import dev.purser.kernel.deadletter.Prospect;
import dev.purser.kernel.deadletter.Redriven;
import dev.purser.kernel.deadletter.Replays;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Inputs that could not be understood: what they are, and what one can do with a single one. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
class DeadLettersResource {

    private static final int LONGEST_REASON = 1_000;

    private final DeadLetters letters;
    private final Replays replays;
    private final SecurityIdentity caller;

    DeadLettersResource(DeadLetters letters, Replays replays, SecurityIdentity caller) {
        this.letters = letters;
        this.replays = replays;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Inputs that could not be understood, newest first")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = DeadLetterList.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; errors names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(@BeanParam LettersQuestion question) {
        LettersQuestion.Asked asked = question.read();
        Paging.Asked page = asked.page();
        return page.problem().map(Problem::response).orElseGet(() -> {
            List<DeadLetter> oneMore = letters.page(asked.letters(), page.before(), page.oneMore());
            return Response.ok(new DeadLetterList(
                            page.shown(oneMore).stream().map(DeadLetterJson::of).toList(),
                            page.next(oneMore, DeadLetter::id)))
                    .build();
        });
    }

    @GET
    @Path("/{id: [0-9]+}")
    @RolesAllowed("operator")
    @Operation(summary = "One dead letter, with its key, headers and value as they came")
    @APIResponse(
            responseCode = "200",
            description = "The dead letter",
            content = @Content(schema = @Schema(implementation = DeadLetterJson.Whole.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such dead letter",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(@PathParam("id") String id) {
        return number(id)
                .flatMap(letters::find)
                .map(letter -> Response.ok(DeadLetterJson.Whole.of(
                                letter, letters.original(letter.id()).orElseThrow()))
                        .build())
                .orElseGet(DeadLettersResource::unknown);
    }

    @GET
    @Path("/{id: [0-9]+}/preview")
    @Operation(summary = "What a replay would do now", description = "Changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "The prospect",
            content = @Content(schema = @Schema(implementation = RedriveResource.Item.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such dead letter",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response preview(@PathParam("id") String id) {
        return number(id)
                .flatMap(number -> replays.foresee(number).map(prospect -> foreseen(number, prospect)))
                .map(item -> Response.ok(item).build())
                .orElseGet(DeadLettersResource::unknown);
    }

    @POST
    @Path("/{id: [0-9]+}/replay")
    @RolesAllowed("operator")
    @Operation(
            summary = "Read it once more",
            description =
                    "As if it came now, any number of times: what was taken before starts nothing anew, and nothing is bought twice.")
    @APIResponse(
            responseCode = "200",
            description = "It was taken",
            content = @Content(schema = @Schema(implementation = RedriveResource.Item.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such dead letter",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "It still cannot be taken; detail says why",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response replay(@PathParam("id") String id) {
        return answer(id, number(id).flatMap(number -> replays.replay(number, Caller.actor(caller))), "replayed");
    }

    @POST
    @Path("/{id: [0-9]+}/drop")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("operator")
    @Operation(summary = "Let it rest, for a reason", description = "It is kept, and may be replayed later.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Drop.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was dropped",
            content = @Content(schema = @Schema(implementation = RedriveResource.Item.class)))
    @APIResponse(
            responseCode = "400",
            description = "The reason is lacking",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such dead letter",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "It was replayed and taken",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Not JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response drop(@PathParam("id") String id, @Nullable Drop drop) {
        String reason =
                drop == null || drop.reason() == null ? "" : drop.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            return Problem.ofBody(List.of(new Problem.Part(
                            null, "is required: a text of at most " + LONGEST_REASON + " characters", "/reason")))
                    .response();
        }
        return answer(id, number(id).flatMap(number -> replays.drop(number, Caller.actor(caller), reason)), "dropped");
    }

    static RedriveResource.Item foreseen(long id, Prospect prospect) {
        return new RedriveResource.Item(
                id, prospect.kind().name().toLowerCase(java.util.Locale.ROOT), prospect.message());
    }

    private static Response answer(String id, Optional<Redriven> done, String word) {
        if (done.isEmpty()) {
            return unknown();
        }
        return done.get().taken()
                ? Response.ok(new RedriveResource.Item(
                                Long.parseLong(id), word, done.get().message()))
                        .build()
                : Problem.of(Response.Status.CONFLICT, done.get().message()).response();
    }

    private static Optional<Long> number(String id) {
        return id.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
    }

    private static Response unknown() {
        return Problem.of(Response.Status.NOT_FOUND, "There is no dead letter with this id.")
                .response();
    }

    @Schema(name = "Drop")
    record Drop(
            @Schema(description = "Why, for those who look later", required = true) @Nullable
            String reason) {}

    @Schema(name = "DeadLetterList")
    record DeadLetterList(
            List<DeadLetterJson> items,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {}
}
