package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Acceptance;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Orders that somebody asks for one by one or many at once, and who waits for the answer. */
@ApplicationScoped
public class OrderRequests {

    private final OrderData data;
    private final Orders orders;
    private final Clock clock;
    private final boolean subscriptions;

    OrderRequests(
            OrderData data,
            Orders orders,
            Clock clock,
            @ConfigProperty(name = "purser.subscriptions", defaultValue = "true") boolean subscriptions) {
        this.data = data;
        this.orders = orders;
        this.clock = clock;
        this.subscriptions = subscriptions;
    }

    /** What became of one of them. */
    public enum Status {
        ACCEPTED,
        DUPLICATE,
        CONFLICT,
        REJECTED
    }

    /**
     * @param orderId null where there is none that could be one
     * @param message why it is a conflict
     * @param errors all that is wrong with one that is rejected
     */
    public record Answer(
            @Nullable OrderId orderId,
            Status status,
            @Nullable String message,
            List<FieldError> errors) {}

    /** Answers in the order of the requests. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Answer> take(List<JsonNode> requests, String source) {
        Rules rules = new Rules(clock.instant(), subscriptions);
        List<Checked> checked =
                requests.stream().map(each -> data.check(each, rules)).toList();
        List<Submission> submissions = checked.stream()
                .filter(Checked.Valid.class::isInstance)
                .map(valid -> ((Checked.Valid) valid).from(source, null, false))
                .toList();
        List<Acceptance> acceptances = submissions.isEmpty() ? List.of() : orders.accept(submissions);
        List<Answer> answers = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < checked.size(); i++) {
            answers.add(
                    checked.get(i) instanceof Checked.Invalid wrong
                            ? rejected(requests.get(i), wrong)
                            : answer(acceptances.get(accepted++)));
        }
        return answers;
    }

    private static Answer rejected(JsonNode request, Checked.Invalid wrong) {
        OrderId orderId = OrderId.parse(request.path("order_id").asText("")).orElse(null);
        return new Answer(orderId, Status.REJECTED, null, wrong.errors());
    }

    private static Answer answer(Acceptance acceptance) {
        return acceptance.fold(new Acceptance.Cases<>() {
            @Override
            public Answer accepted(Acceptance.Accepted accepted) {
                return new Answer(accepted.orderId(), Status.ACCEPTED, null, List.of());
            }

            @Override
            public Answer duplicate(Acceptance.Duplicate duplicate) {
                return new Answer(duplicate.orderId(), Status.DUPLICATE, null, List.of());
            }

            @Override
            public Answer conflict(Acceptance.Conflict conflict) {
                return new Answer(conflict.orderId(), Status.CONFLICT, conflict.message(), List.of());
            }
        });
    }
}
