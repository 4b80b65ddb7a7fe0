package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.reconciliation.Aging;
import dev.purser.reconciliation.Discrepancy;
import dev.purser.reconciliation.Discrepancy.Age;
import dev.purser.reconciliation.Finding;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A discrepancy in the API. */
@Schema(name = "Discrepancy")
@JsonNaming(SnakeCaseStrategy.class)
record DiscrepancyJson(
        long id,

        @JsonProperty("class") @Schema(name = "class") Finding finding,

        @Schema(description = "What it is about", examples = "order:2026-F-000123")
        String subject,

        @Nullable String orderId,
        @Nullable Long purchaseId,
        @Nullable UUID licenseId,
        @Nullable Long orderedCents,
        @Nullable Long billedCents,

        @Schema(description = "CLOSED once the facts agree; an explanation closes nothing")
        State state,

        @Schema(
                description = "Days since it was opened",
                enumeration = {"0-1", "2-7", "8-30", "30+"})
        String age,

        @Schema(description = "The run that saw it first") long openedRun,

        Instant openedAt,
        Instant seenAt,

        @Schema(description = "By how many runs") int seenTimes,

        @Schema(description = "Of whoever explained it") @Nullable
        String note,

        @Schema(examples = "http:alice") @Nullable String explainedBy,

        @Nullable Instant explainedAt,
        @Nullable Instant closedAt) {

    @Schema(name = "DiscrepancyAging")
    @JsonNaming(SnakeCaseStrategy.class)
    record Aged(
            @Schema(
                    description = "Days since it was opened",
                    enumeration = {"0-1", "2-7", "8-30", "30+"})
            String age,

            long count,

            @Schema(description = "Those that somebody explained")
            long explained,

            long orderedCents,
            long billedCents) {

        static Aged of(Aging aging) {
            return new Aged(word(aging.age()), aging.count(), aging.explained(), aging.ordered(), aging.billed());
        }
    }

    enum State {
        OPEN,
        EXPLAINED,
        CLOSED
    }

    static DiscrepancyJson of(Discrepancy found, Instant now) {
        Discrepancy.Explanation explanation = found.explanation();
        return new DiscrepancyJson(
                found.id(),
                found.finding(),
                found.subject(),
                found.orderId(),
                found.purchaseId(),
                found.licenseId(),
                found.orderedCents(),
                found.billedCents(),
                found.closedAt() != null ? State.CLOSED : explanation == null ? State.OPEN : State.EXPLAINED,
                word(found.age(now)),
                found.openedRun(),
                found.openedAt(),
                found.seenAt(),
                found.seenTimes(),
                explanation == null ? null : explanation.note(),
                explanation == null ? null : explanation.by(),
                explanation == null ? null : explanation.at(),
                found.closedAt());
    }

    static String word(Age age) {
        return switch (age) {
            case DAYS_0_1 -> "0-1";
            case DAYS_2_7 -> "2-7";
            case DAYS_8_30 -> "8-30";
            case DAYS_OVER_30 -> "30+";
        };
    }
}
