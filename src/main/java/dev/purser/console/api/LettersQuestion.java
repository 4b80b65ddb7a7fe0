package dev.purser.console.api;

import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.Letters;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which dead letters a caller asks for. */
class LettersQuestion {

    @QueryParam("topic")
    @Parameter(description = "Only those of this topic")
    @Nullable
    String topic;

    @QueryParam("reason")
    @Parameter(description = "Only those with this text in their reason, in any letter case")
    @Nullable
    String reason;

    @QueryParam("state")
    @Parameter(description = "Only those in this state", schema = @Schema(implementation = DeadLetter.State.class))
    @Nullable
    String state;

    @QueryParam("limit")
    @Parameter(
            description = "How many dead letters a page has at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "The next of the page before")
    @Nullable
    String cursor;

    private final Parameters parameters = new Parameters();

    Asked read() {
        Letters letters = new Letters(parameters.text("topic", topic), parameters.text("reason", reason), state());
        return new Asked(letters, parameters.before(cursor), parameters.limit(limit), parameters.wrong());
    }

    /** @param wrong the parameters that could not be read; without them the rest does not count */
    record Asked(Letters letters, @Nullable Long before, int limit, List<Problem.Part> wrong) {}

    private DeadLetter.@Nullable State state() {
        String name = Parameters.given(state).toUpperCase(Locale.ROOT);
        Optional<DeadLetter.State> known = Arrays.stream(DeadLetter.State.values())
                .filter(each -> each.name().equals(name))
                .findAny();
        if (known.isEmpty() && !name.isEmpty()) {
            parameters.wrong("state", "state is one of " + Arrays.toString(DeadLetter.State.values()));
        }
        return known.orElse(null);
    }
}
