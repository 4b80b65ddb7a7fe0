package dev.purser.console.page;

import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An order as the page shows it. */
record OrderRow(OrderView order, String href, String state, String resources, String term, String received) {

    static OrderRow of(OrderView order) {
        return new OrderRow(
                order,
                URLEncoder.encode(order.orderId().value(), StandardCharsets.UTF_8),
                Wording.state(order.state()),
                Wording.resources(order.license()),
                Wording.term(order.license()),
                Wording.time(order.receivedAt()));
    }

    /** For the colour of its badge. */
    public String kind() {
        return kind(order.state());
    }

    static String kind(OrderState state) {
        return switch (state) {
            case PROVISIONED -> "good";
            case HELD, UNKNOWN -> "wait";
            case REJECTED, FAILED -> "bad";
            case CANCELLED -> "off";
            case RECEIVED, RESOLVED, IN_CART, CHECKING_OUT, PURCHASED -> "busy";
        };
    }

    /** What was paid, else what was quoted. */
    public String cost() {
        Object cost = order.cost() != null ? order.cost() : order.quotedCost();
        return cost == null ? "" : cost + (order.cost() == null ? " quoted" : "");
    }

    /** What a person wants to know of this state. */
    @Nullable
    public String note() {
        return order.message() != null
                ? order.message()
                : order.licenseId() == null ? null : order.licenseId().toString();
    }

    public boolean noteIsLicense() {
        return order.message() == null && order.licenseId() != null;
    }

    public String completed() {
        return Wording.time(order.completedAt());
    }
}
