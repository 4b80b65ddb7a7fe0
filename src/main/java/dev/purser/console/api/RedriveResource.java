package dev.purser.console.api;

import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.DeadLetters;
import dev.purser.kernel.deadletter.Letters;
import dev.purser.kernel.deadletter.Replays;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many dead letters at once: which, by their ids or by a filter, oldest first. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@APIResponse(
        responseCode = "200",
        description = "One page; send the request again with its next until that is null",
        content = @Content(schema = @Schema(implementation = RedriveResource.Redrive.class)))
@APIResponse(
        responseCode = "400",
        description = "The body is wrong; errors points at each part",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "415",
        description = "Not JSON",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class RedriveResource {

    private static final int PAGE = 200;

    private final DeadLetters letters;
    private final Replays replays;
    private final SecurityIdentity caller;

    RedriveResource(DeadLetters letters, Replays replays, SecurityIdentity caller) {
        this.letters = letters;
        this.replays = replays;
        this.caller = caller;
    }

    @POST
    @Path("/preview")
    @Operation(
            summary = "What replaying many would do now",
            description =
                    "Changes nothing. Each is foreseen by itself, so two letters with the same new order both say would_buy;"
                            + " it is bought once.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Selection.class)))
    public Response preview(@Nullable Selection selection) {
        return each(selection, id -> replays.foresee(id).map(prospect -> DeadLettersResource.foreseen(id, prospect)));
    }

    @POST
    @Path("/replay")
    @RolesAllowed("operator")
    @Operation(
            summary = "Read many once more",
            description = "Each by itself. What still cannot be taken stays open, with the new reason.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Selection.class)))
    public Response replay(@Nullable Selection selection) {
        return each(selection, id -> replays.replay(id, Caller.actor(caller))
                .map(done -> new Item(id, done.taken() ? "replayed" : "refused", done.message())));
    }

    private Response each(@Nullable Selection selection, Function<Long, Optional<Item>> deed) {
        List<Problem.Part> wrong = wrong(selection);
        if (!wrong.isEmpty()) {
            return Problem.ofBody(wrong).response();
        }
        Selection chosen = Objects.requireNonNull(selection);
        Long after = chosen.cursor() == null
                ? null
                : Cursor.parse(chosen.cursor()).orElseThrow().before();
        List<Long> oneMore = chosen.ids() == null
                ? letters.ids(Objects.requireNonNull(chosen.filter()).letters(), after, PAGE + 1)
                : chosen.ids().stream()
                        .distinct()
                        .sorted()
                        .filter(id -> after == null || id > after)
                        .limit(PAGE + 1L)
                        .toList();
        List<Long> page = oneMore.subList(0, Math.min(PAGE, oneMore.size()));
        List<Item> items = page.stream()
                .map(id -> deed.apply(id)
                        .orElseGet(() -> new Item(id, "unknown", "There is no dead letter with this id.")))
                .toList();
        String next = oneMore.size() > PAGE ? new Cursor(page.get(PAGE - 1)).text() : null;
        return Response.ok(new Redrive(items, next)).build();
    }

    private static List<Problem.Part> wrong(@Nullable Selection selection) {
        if (selection == null || (selection.ids() == null) == (selection.filter() == null)) {
            return List.of(new Problem.Part(null, "must have either ids, a list of numbers, or filter, an object", ""));
        }
        return Stream.of(
                        selection.ids() != null && selection.ids().stream().anyMatch(Objects::isNull)
                                ? new Problem.Part(null, "must have no null among its numbers", "/ids")
                                : null,
                        selection.filter() != null
                                ? unsearchable(
                                        "/filter/topic", selection.filter().topic())
                                : null,
                        selection.filter() != null
                                ? unsearchable(
                                        "/filter/reason", selection.filter().reason())
                                : null,
                        selection.cursor() != null
                                        && Cursor.parse(selection.cursor()).isEmpty()
                                ? new Problem.Part(null, "is the next of a page that was answered before", "/cursor")
                                : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Problem.@Nullable Part unsearchable(String pointer, @Nullable String text) {
        return Parameters.isSearchable(Parameters.given(text))
                ? null
                : new Problem.Part(null, Parameters.SEARCHABLE, pointer);
    }

    @Schema(name = "DeadLetterSelection", description = "Either ids or filter")
    record Selection(
            @Nullable List<@Nullable Long> ids,
            @Nullable Filter filter,

            @Schema(description = "The next of the page before") @Nullable
            String cursor) {}

    @Schema(name = "DeadLetterFilter", description = "What is lacking is any; an empty filter means all that are open")
    record Filter(
            @Nullable String topic,

            @Schema(description = "A part of the reason, in any letter case") @Nullable
            String reason,

            DeadLetter.@Nullable State state) {

        Letters letters() {
            return new Letters(topic, reason, state == null ? DeadLetter.State.OPEN : state);
        }
    }

    @Schema(name = "DeadLetterRedrive")
    record Redrive(
            List<Item> items,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {}

    @Schema(name = "DeadLetterItem")
    record Item(
            long id,

            @Schema(
                    description =
                            "Of a preview: would_buy, already_bought, already_open, would_run, already_answered, blocked, unreadable;"
                                    + " of a deed: replayed, dropped, refused; and unknown")
            String result,

            String message) {}
}
