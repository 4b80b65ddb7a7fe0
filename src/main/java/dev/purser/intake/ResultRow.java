package dev.purser.intake;

import dev.purser.kernel.Email;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One row of a results file: the row as it was dropped, and what became of it and of its order. */
record ResultRow(
        CsvRow row,
        Verdict verdict,
        @Nullable OrderView order,
        @Nullable Email email) {

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

    /** The contract's words for what became of a row. */
    enum Status {
        OPEN,
        HELD,
        PROVISIONED,
        REJECTED,
        FAILED,
        CANCELLED,
        DUPLICATE
    }

    Status status() {
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

    /** Whether it belongs into the errors file, to be dropped again. */
    boolean isError() {
        return status() == Status.REJECTED || status() == Status.FAILED;
    }

    /** @param width how many columns the dropped file has; a row with too few or too many cells is made to fit */
    List<String> cells(int width) {
        List<String> cells = new ArrayList<>(width + COLUMNS.size());
        for (int i = 0; i < width; i++) {
            cells.add(SpreadsheetCell.safe(i < row.cells().size() ? row.cells().get(i) : ""));
        }
        cells.add(Long.toString(row.number()));
        cells.add(status().name().toLowerCase(Locale.ROOT));
        boolean rejectedAtOnce = verdict.status() == Verdict.Status.REJECTED;
        if (order == null || rejectedAtOnce) {
            cells.addAll(List.of(text(verdict.code()), text(verdict.message()), "", "", "", "", "", ""));
            return cells;
        }
        boolean isOurs = verdict.status() == Verdict.Status.ACCEPTED;
        cells.add(isOurs ? text(order.code()) : "");
        cells.add(isOurs ? SpreadsheetCell.safe(text(order.message())) : "");
        cells.add(text(order.licenseId()));
        cells.add(text(order.purchaseId()));
        cells.add(text(order.quotedCost()));
        cells.add(text(order.billedCost()));
        cells.add(SpreadsheetCell.safe(email == null ? "" : email.address()));
        cells.add(text(order.completedAt()));
        return cells;
    }

    /** The row as it was, with all the cells that it has. */
    List<String> asDropped() {
        return row.cells().stream().map(SpreadsheetCell::safe).toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
