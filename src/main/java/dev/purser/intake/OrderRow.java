package dev.purser.intake;

import dev.purser.kernel.Email;
import dev.purser.kernel.SpreadsheetCell;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an order that came in a file. */
record OrderRow(
        CsvRow row,
        Verdict verdict,
        @Nullable OrderView order,
        @Nullable Email email) implements ResultRow {

    static final List<String> COLUMNS = List.of(
            "row_no",
            "status",
            "code",
            "message",
            "license_id",
            "purchase_id",
            "quoted_cost",
            "billed_cost",
            "email",
            "completed_at");

    @Override
    public Status status() {
        return switch (verdict.status()) {
            case REJECTED -> Status.REJECTED;
            case DUPLICATE -> Status.DUPLICATE;
            case ACCEPTED -> order == null ? Status.OPEN : of(order.state());
        };
    }

    private static Status of(OrderState state) {
        return switch (state) {
            case RECEIVED, RESOLVED, IN_CART, CHECKING_OUT, UNKNOWN, PURCHASED -> Status.OPEN;
            case HELD -> Status.HELD;
            case PROVISIONED -> Status.PROVISIONED;
            case REJECTED -> Status.REJECTED;
            case FAILED -> Status.FAILED;
            case CANCELLED -> Status.CANCELLED;
        };
    }

    @Override
    public List<String> answer() {
        boolean rejectedAtOnce = verdict.status() == Verdict.Status.REJECTED;
        if (order == null || rejectedAtOnce) {
            return List.of(ResultRow.text(verdict.code()), ResultRow.text(verdict.message()), "", "", "", "", "", "");
        }
        boolean isOurs = verdict.status() == Verdict.Status.ACCEPTED;
        List<String> cells = new ArrayList<>(8);
        cells.add(isOurs ? ResultRow.text(order.code()) : "");
        cells.add(isOurs ? SpreadsheetCell.safe(ResultRow.text(order.message())) : "");
        cells.add(ResultRow.text(order.licenseId()));
        cells.add(ResultRow.text(order.purchaseId()));
        cells.add(ResultRow.text(order.quotedCost()));
        cells.add(ResultRow.text(order.billedCost()));
        cells.add(SpreadsheetCell.safe(email == null ? "" : email.address()));
        cells.add(ResultRow.text(order.completedAt()));
        return cells;
    }
}
