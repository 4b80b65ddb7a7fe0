package dev.purser.console.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.reconciliation.Finding;
import dev.purser.reconciliation.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run in the API. */
@Schema(name = "Reconciliation")
@JsonNaming(SnakeCaseStrategy.class)
record ReconciliationJson(
        long id,
        Run.State state,

        @Schema(description = "Why it is PULL_INCOMPLETE: then nothing was concluded and nothing was changed") @Nullable
        String reason,

        @Schema(description = "First day (UTC); null: all that is in no closed month") @Nullable
        LocalDate from,

        @Schema(description = "Last day (UTC)") @Nullable LocalDate to,

        @Schema(description = "Who began it", examples = "http:alice")
        String actor,

        Run.Phase phase,

        @Schema(description = "Lines of the ledger that were read so far")
        long linesPulled,

        @Schema(description = "How many there are to read; null until that is known") @Nullable
        Long linesToPull,

        @Schema(description = "Until the ledger is read, within CoCalc's throttle") @Nullable
        Long etaSeconds,

        @Schema(description = "What was proven about the pull, in words") @Nullable
        String proof,

        @Schema(description = "The sum of the bill; null until it is compared") @Nullable
        Long billCents,

        @Schema(description = "The bill without credits and refunds; null until it is compared") @Nullable
        Long chargedCents,

        @Schema(description = "Cents of the bill that are in no class: 0, or the comparison is wrong") @Nullable
        Long unexplainedCents,

        @Schema(description = "Rows that somebody must look at")
        long discrepancies,

        @Schema(description = "By class; every class is there once it is compared")
        Map<Finding, Sum> totals,

        @Schema(description = "The totals line, the same as in report.csv and report.html")
        Sum total,

        Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Whether report.csv still has its rows: those of old runs go, their totals stay")
        boolean reportKept) {

    @Schema(name = "ReconciliationSum")
    @JsonNaming(SnakeCaseStrategy.class)
    record Sum(
            @Schema(description = "Lines of the ledger and orders")
            long count,

            @Schema(description = "What was billed; all classes together are the bill")
            long cents,

            long orderedCents,
            long billedCents,

            @Schema(description = "Billed less ordered") long diffCents) {

        private static final Sum NOTHING = new Sum(0, 0, 0, 0, 0);

        private static Sum of(Run.Total total) {
            return new Sum(
                    total.count(),
                    total.billedCents(),
                    total.orderedCents(),
                    total.billedCents(),
                    total.billedCents() - total.orderedCents());
        }

        private Sum plus(Sum other) {
            return new Sum(
                    count + other.count,
                    cents + other.cents,
                    orderedCents + other.orderedCents,
                    billedCents + other.billedCents,
                    diffCents + other.diffCents);
        }
    }

    static ReconciliationJson of(Run run) {
        Map<Finding, Sum> totals = new EnumMap<>(Finding.class);
        run.totals().forEach((finding, total) -> totals.put(finding, Sum.of(total)));
        return new ReconciliationJson(
                run.id(),
                run.state(),
                run.reason(),
                run.range().from(),
                run.range().to(),
                run.actor(),
                run.phase(),
                run.pulled(),
                run.toPull(),
                run.eta() == null ? null : run.eta().toSeconds(),
                run.proof(),
                run.billCents(),
                run.billCents() == null ? null : run.chargedCents(),
                run.unexplainedCents(),
                run.discrepancies(),
                totals,
                totals.values().stream().reduce(Sum.NOTHING, Sum::plus),
                run.startedAt(),
                run.finishedAt(),
                run.reportKept());
    }
}
