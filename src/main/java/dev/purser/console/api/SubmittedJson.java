package dev.purser.console.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.intake.OrderRequests.Answer;
import dev.purser.intake.OrderRequests.Status;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of the orders of one request, in its order. */
@Schema(name = "Submitted")
record SubmittedJson(List<Item> items, Totals totals) {

    @Schema(name = "SubmittedItem")
    @JsonNaming(SnakeCaseStrategy.class)
    record Item(
            @Schema(description = "0 for the first order of the request")
            int index,

            @Schema(description = "null where there is none that could be one") @Nullable
            String orderId,

            @Schema(enumeration = {"accepted", "duplicate", "conflict", "rejected"})
            String status,

            @Schema(description = "Of the order that is known by this order_id; null where it is rejected") @Nullable
            OrderState state,

            @Schema(description = "Why it is a conflict") @Nullable
            String message,

            @Schema(description = "All that is wrong with one that is rejected")
            List<Wrong> errors) {}

    @Schema(name = "SubmittedWrong")
    record Wrong(
            @Schema(description = "Where in the order, as RFC 6901 writes it", examples = "/license/run_limit")
            String pointer,

            String detail) {}

    @Schema(name = "SubmittedTotals", description = "orders = accepted + duplicate + conflict + rejected")
    record Totals(long orders, long accepted, long duplicate, long conflict, long rejected) {}

    static SubmittedJson of(List<Answer> answers, Map<OrderId, OrderView> views) {
        List<Item> items = new ArrayList<>();
        for (Answer answer : answers) {
            OrderView view = answer.orderId() == null ? null : views.get(answer.orderId());
            items.add(new Item(
                    items.size(),
                    answer.orderId() == null ? null : answer.orderId().value(),
                    LicenseSpec.word(answer.status()),
                    view == null || answer.status() == Status.REJECTED ? null : view.state(),
                    answer.message(),
                    answer.errors().stream()
                            .map(error -> new Wrong(error.pointer(), error.message()))
                            .toList()));
        }
        return new SubmittedJson(
                items,
                new Totals(
                        answers.size(),
                        count(answers, Status.ACCEPTED),
                        count(answers, Status.DUPLICATE),
                        count(answers, Status.CONFLICT),
                        count(answers, Status.REJECTED)));
    }

    private static long count(List<Answer> answers, Status status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
