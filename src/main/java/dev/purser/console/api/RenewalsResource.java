package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.reconciliation.Renewal;
import dev.purser.reconciliation.Renewals;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/renewals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation")
class RenewalsResource {

    private final Renewals renewals;

    RenewalsResource(Renewals renewals) {
        this.renewals = renewals;
    }

    @GET
    @Operation(
            summary = "Subscriptions that orders began, and what they will take",
            description =
                    "As CoCalc told them at the last reconciliation, soonest first, all on one page. CoCalc tries to renew five days before the paid time ends.")
    public RenewalList list() {
        return RenewalList.of(renewals.watch());
    }

    private static String usd(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    @Schema(name = "Renewal")
    @JsonNaming(SnakeCaseStrategy.class)
    record RenewalJson(
            String orderId,
            @Nullable String campaign,
            String purchasingAccount,
            long subscriptionId,
            UUID licenseId,
            @Schema(enumeration = {"month", "year"}) String every,

            @Schema(description = "In USD, each time", examples = "11.55")
            String cost,

            @Schema(description = "When what is paid ends") Instant next,

            @JsonProperty("in_30_days") @Schema(description = "In USD")
            String inThirtyDays,

            @JsonProperty("in_90_days") @Schema(description = "In USD")
            String inNinetyDays) {

        static RenewalJson of(Renewal renewal) {
            return new RenewalJson(
                    renewal.orderId(),
                    renewal.campaign(),
                    renewal.purchasingAccount(),
                    renewal.subscriptionId(),
                    renewal.licenseId(),
                    renewal.every(),
                    usd(renewal.cost()),
                    renewal.next(),
                    usd(renewal.in30Days()),
                    usd(renewal.in90Days()));
        }
    }

    @Schema(name = "RenewalList")
    @JsonNaming(SnakeCaseStrategy.class)
    record RenewalList(
            List<RenewalJson> items,
            @Schema(description = "Always null") @Nullable String next,

            @Schema(description = "When CoCalc told them; null: not yet") @Nullable
            Instant readAt,

            @JsonProperty("in_30_days") @Schema(description = "In USD, all together")
            String inThirtyDays,

            @JsonProperty("in_90_days") @Schema(description = "In USD, all together")
            String inNinetyDays) {

        static RenewalList of(Renewal.Watch watch) {
            return new RenewalList(
                    watch.renewals().stream().map(RenewalJson::of).toList(),
                    null,
                    watch.readAt(),
                    usd(watch.in30Days()),
                    usd(watch.in90Days()));
        }
    }
}
