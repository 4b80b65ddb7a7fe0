package dev.purser.console.page;

import dev.purser.console.Note;
import dev.purser.console.api.Caller;
import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.DeadLetters;
import dev.purser.kernel.deadletter.Letters;
import dev.purser.kernel.deadletter.Redriven;
import dev.purser.kernel.deadletter.Replays;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What could not be understood, what a replay of each would do now, and the two things that one can do with it. */
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
class DeadLettersPage {

    private static final int MOST_ROWS = 100;

    private final DeadLetters letters;
    private final Replays replays;
    private final SecurityIdentity caller;

    DeadLettersPage(DeadLetters letters, Replays replays, SecurityIdentity caller) {
        this.letters = letters;
        this.replays = replays;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "console")
    static final class Templates {
        static native TemplateInstance letters(List<DeadLetterRow> rows, long open, @Nullable String answer);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance page() {
        return page(null);
    }

    private TemplateInstance page(@Nullable String answer) {
        List<DeadLetterRow> rows =
                letters.page(new Letters(null, null, DeadLetter.State.OPEN), null, MOST_ROWS).stream()
                        .flatMap(letter ->
                                replays
                                        .foresee(letter.id())
                                        .map(prospect -> DeadLetterRow.of(letter, prospect))
                                        .stream())
                        .toList();
        return Templates.letters(rows, letters.count(), answer);
    }

    @POST
    @Path("/{id: [0-9]{1,18}}/replay")
    @RolesAllowed("operator")
    @Operation(hidden = true)
    public Response replay(@PathParam("id") long id) {
        return answer(replays.replay(id, Caller.actor(caller)));
    }

    @POST
    @Path("/{id: [0-9]{1,18}}/drop")
    @RolesAllowed("operator")
    @Operation(hidden = true)
    public Response drop(@PathParam("id") long id, @FormParam("reason") @Nullable String reason) {
        return Note.parse(reason == null ? "" : reason)
                .map(why -> answer(replays.drop(id, Caller.actor(caller), why.text())))
                .orElseGet(() -> refused(Note.RULE));
    }

    private Response answer(Optional<Redriven> done) {
        if (done.isEmpty()) {
            return refused("There is no dead letter with this number.");
        }
        return done.get().taken()
                ? Response.seeOther(URI.create("/dead-letters")).build()
                : refused(done.get().message());
    }

    private Response refused(String why) {
        return Response.status(Response.Status.CONFLICT).entity(page(why)).build();
    }
}
