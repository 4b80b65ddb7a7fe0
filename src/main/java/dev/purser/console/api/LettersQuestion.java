package dev.purser.console.api;

import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.Letters;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
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

    @BeanParam
    Paging paging = new Paging();

    Asked read() {
        Parameters parameters = new Parameters();
        Letters letters = new Letters(
                parameters.text("topic", topic),
                parameters.text("reason", reason),
                parameters.oneOf("state", state, DeadLetter.State.class));
        return new Asked(letters, paging.read(parameters));
    }

    /** What is wrong stands with the page. */
    record Asked(Letters letters, Paging.Asked page) {}
}
