package dev.purser.automation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.outcomes.Announcement;
import dev.purser.outcomes.Topic;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a command has ended: what its row and its one answer say. */
record Ending(
        CommandState state,
        @Nullable String code,
        @Nullable String message,
        @Nullable ObjectNode result) {

    static final int LARGEST_RESULT = 8_000_000;

    /** An answer that nobody could read back whole is none. */
    static Ending succeeded(ObjectNode result) {
        int length = Content.text(result).length();
        return length <= LARGEST_RESULT
                ? new Ending(CommandState.SUCCEEDED, null, null, result)
                : failed(
                        "result_too_large",
                        "CoCalc's answer has " + length + " characters; at most " + LARGEST_RESULT
                                + " are kept. Ask for less (limit and skip, a later cutoff, one path, fewer fields) under a new id.",
                        null);
    }

    static Ending failed(String code, String message, @Nullable ObjectNode result) {
        return new Ending(CommandState.FAILED, code, message, result);
    }

    /** Its id follows from the command's, so the same answer again is the same event. */
    Announcement announcement(Command command, Instant at) {
        ObjectNode data = Bench.object()
                .put("id", command.id())
                .put("verb", command.verb().word())
                .put("occurred_at", at.toString());
        if (state == CommandState.FAILED) {
            data.put("code", code).put("message", message);
        }
        if (result != null) {
            data.set("result", result.deepCopy());
        }
        String word = state.name().toLowerCase(Locale.ROOT);
        return new Announcement(
                Topic.RESULTS,
                command.id() + "/" + word,
                "dev.purser.command." + word + ".v1",
                command.id(),
                command.id(),
                at,
                data.toString());
    }
}
