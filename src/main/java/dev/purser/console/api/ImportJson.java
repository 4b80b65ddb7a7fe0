package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.console.Stats;
import dev.purser.intake.ImportView;
import dev.purser.orders.OrderState;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dropped file in the API. */
@Schema(name = "Import")
@JsonNaming(SnakeCaseStrategy.class)
record ImportJson(
        long id,
        @Schema(examples = "orders.csv") String file,

        @Schema(description = "OPEN is read, but some of its orders are not final")
        ImportView.State state,

        @Schema(description = "Why it was quarantined") @Nullable
        String reason,

        @Nullable String sha256,
        @Nullable Long bytes,

        @Schema(description = "The first import of the very same bytes") @Nullable
        Long repeats,

        @Schema(description = "Rows read so far: accepted + duplicate + rejected")
        long rows,

        long accepted,
        long duplicate,
        long rejected,

        @Schema(description = "How much of the file that is")
        long bytesRead,

        @Schema(description = "How fast it is or was read") @Nullable
        Long rowsPerSecond,

        @Schema(description = "Until its last row will have been read; 0 when it has been, null while nothing tells")
        @Nullable
        Long etaSeconds,

        @Schema(description = "Orders that are not final yet; only where a single import is asked for")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Long open,

        @Schema(description = "The orders that it brought, by state; only where a single import is asked for")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Map<OrderState, Long> orders,

        Instant receivedAt,
        @Nullable Instant readAt,

        @Schema(description = "When the results files were written last") @Nullable
        Instant resultsAt,

        @Nullable Instant completedAt) {

    static ImportJson of(ImportView file, @Nullable Map<OrderState, Long> orders) {
        return new ImportJson(
                file.id(),
                file.fileName(),
                file.state(),
                file.reason(),
                file.sha256(),
                file.bytes(),
                file.repeats(),
                file.rows(),
                file.accepted(),
                file.duplicate(),
                file.rejected(),
                file.bytesRead(),
                file.rowsPerSecond(),
                file.etaSeconds(),
                orders == null ? null : Stats.open(orders),
                orders,
                file.receivedAt(),
                file.readAt(),
                file.resultsAt(),
                file.completedAt());
    }
}
