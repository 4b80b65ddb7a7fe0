package dev.purser.console.api;

import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Why somebody pauses, in their own words. */
public class PauseReason {

    @QueryParam("reason")
    @Parameter(description = "For whoever comes later", example = "month end")
    @Nullable
    String reason;

    Optional<Problem> problem() {
        Parameters parameters = new Parameters();
        parameters.text("reason", reason);
        return parameters.wrong().isEmpty() ? Optional.empty() : Optional.of(Problem.of(parameters.wrong()));
    }

    String text() {
        String text = Parameters.given(reason).strip();
        return text.isEmpty() ? "somebody asked for it" : text;
    }
}
