package dev.purser.console.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.reconciliation.month.ClosedMonth;
import dev.purser.reconciliation.month.Verification;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A month in the API. */
@Schema(name = "Month")
@JsonNaming(SnakeCaseStrategy.class)
record MonthJson(
        @Schema(examples = "2026-11") String month,

        @Schema(enumeration = {"OPEN", "CLOSED"}) String state,

        @Schema(description = "What CoCalc owed before its first line; a charge lowers it") @Nullable
        Long openingCents,

        @Nullable Long closingCents,

        @Schema(description = "Purchases and adjustments that are sealed in it") @Nullable
        Long lines,

        @Schema(description = "The last link of its chain of SHA-256 hashes, hexadecimal") @Nullable
        String hash,

        @Schema(examples = "http:alice") @Nullable String closedBy,

        @Nullable Instant closedAt) {

    static MonthJson of(ClosedMonth closed) {
        return new MonthJson(
                closed.month().toString(),
                "CLOSED",
                closed.openingCents(),
                closed.closingCents(),
                closed.lines(),
                closed.hash(),
                closed.closedBy(),
                closed.closedAt());
    }

    static MonthJson open(YearMonth month) {
        return new MonthJson(month.toString(), "OPEN", null, null, null, null, null, null);
    }

    @Schema(name = "MonthVerification")
    record Verified(
            @Schema(examples = "2026-11") String month,

            @Schema(description = "Whether it is what was sealed")
            boolean holds,

            @Schema(description = "As it was sealed") String hash,
            @Schema(description = "Of what is there now") String recomputed,

            @Schema(description = "What was changed, in words")
            List<String> differences) {

        static Verified of(Verification found) {
            return new Verified(
                    found.sealed().month().toString(),
                    found.holds(),
                    found.sealed().hash(),
                    found.recomputed(),
                    found.differences());
        }
    }
}
