package dev.purser.console.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.budget.Room;
import dev.purser.intake.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What orders would cost. */
@Schema(name = "Quotes")
record QuotesJson(List<Item> items, Totals totals) {

    @Schema(name = "QuotedOrder")
    @JsonNaming(SnakeCaseStrategy.class)
    record Item(
            @Schema(description = "1 for the first row below the header, or the first order of an array")
            long row,

            @Nullable String orderId,

            @Schema(description = "In USD; null when the order is wrong", examples = "13.98") @Nullable
            String price,

            @Schema(description = "The same order stands before it; it would be stored and bought once")
            boolean duplicate,

            @Schema(description = "Why it would be held by a limit that is known now; null when by none") @Nullable
            Hold held,

            @Schema(description = "Everything that is wrong with it; empty when nothing is")
            List<Wrong> errors) {}

    @Schema(name = "QuotedHold")
    record Hold(@Schema(examples = Room.OVER_MAX_COST) String code, String message) {

        static Hold of(Room.Objection objection) {
            return new Hold(objection.code(), objection.message());
        }
    }

    @Schema(name = "QuotedError")
    record Wrong(@Schema(examples = "license.run_limit") String field, String message) {

        static Wrong of(FieldError error) {
            return new Wrong(error.field(), error.message());
        }
    }

    @Schema(name = "QuotedTotals", description = "A duplicate counts as such and not among the valid ones")
    @JsonNaming(SnakeCaseStrategy.class)
    record Totals(
            long orders,
            long valid,
            long invalid,
            long duplicate,
            long held,

            @Schema(description = "Of the valid ones, in USD, held ones included")
            String price,

            @Schema(description = "Of those that would be held, in USD")
            String heldPrice) {}
}
