package dev.purser.intake;

import dev.purser.intake.ResultRow.Status;
import dev.purser.kernel.Email;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderView;
import dev.purser.orders.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What became of orders. */
@ApplicationScoped
class OrderAnswers implements Answers {

    private final Orders orders;

    OrderAnswers(Orders orders) {
        this.orders = orders;
    }

    @Override
    public List<String> columns() {
        return OrderRow.COLUMNS;
    }

    @Override
    public Set<Status> outcomes() {
        return EnumSet.complementOf(EnumSet.of(Status.DUPLICATE, Status.SUCCEEDED));
    }

    @Override
    public String key() {
        return "order_id";
    }

    @Override
    public boolean hasOpen(long importId) {
        return orders.hasOpen(importId);
    }

    /** Whether the ledger has not told yet what some of them cost. */
    boolean hasUnbilled(long importId) {
        return orders.hasUnbilled(importId);
    }

    @Override
    public List<OrderRow> of(List<CsvRow> rows, List<Verdict> verdicts, List<String> keys) {
        List<OrderId> ids = verdicts.stream()
                .filter(verdict -> verdict.status() != Verdict.Status.REJECTED)
                .map(Verdict::order)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<OrderId, OrderView> views = ids.isEmpty() ? Map.of() : orders.views(ids);
        Map<OrderId, Email> emails = ids.isEmpty() ? Map.of() : orders.emails(ids);
        List<OrderRow> answers = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Verdict verdict = verdicts.get(i);
            OrderId id = verdict.order();
            OrderView view = id == null ? null : views.get(id);
            if (view == null && verdict.status() == Verdict.Status.ACCEPTED) {
                throw new IllegalStateException("row " + verdict.row() + " has no order");
            }
            answers.add(new OrderRow(rows.get(i), verdict, view, id == null ? null : emails.get(id)));
        }
        return answers;
    }
}
