package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.automation.CommandState;
import dev.purser.automation.CommandView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A command in the API. */
@Schema(name = "Command")
@JsonNaming(SnakeCaseStrategy.class)
record CommandJson(
        String id,
        @Schema(examples = "project.stop") String verb,
        CommandState state,

        @Schema(examples = {"http:alice", "kafka:purser.commands.v1/0@17", "schedule:nightly"})
        String source,

        @Schema(description = "How often it was tried") int attempts,
        Instant receivedAt,

        @Schema(description = "When it is given up if it is not done by then")
        Instant expiresAt,

        @Schema(description = "While it waits") @Nullable Instant nextTryAt,
        @Nullable Instant completedAt,

        @Schema(description = "Why it failed; while it waits, what has kept it from being done") @Nullable
        Trouble error,

        @Schema(
                type = SchemaType.OBJECT,
                description =
                        "What the verb answers. Only where a single command is asked for, by a token that may do more than look")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        JsonNode result) {

    @Schema(name = "CommandError")
    record Trouble(
            @Schema(description = "In one word", examples = "forbidden")
            String code,

            @Schema(description = "For a person, with what to do about it")
            String message) {}

    /** As one of a list: without its result. */
    static CommandJson listed(CommandView command) {
        return of(command, null);
    }

    static CommandJson single(CommandView command) {
        return of(command, command.result());
    }

    private static CommandJson of(CommandView command, @Nullable JsonNode result) {
        String code = command.code();
        String message = command.message();
        return new CommandJson(
                command.id(),
                command.verb(),
                command.state(),
                command.source(),
                command.attempts(),
                command.receivedAt(),
                command.expiresAt(),
                command.nextTryAt(),
                command.completedAt(),
                code == null || message == null ? null : new Trouble(code, message),
                result);
    }
}
