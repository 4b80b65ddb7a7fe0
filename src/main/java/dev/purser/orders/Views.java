package dev.purser.orders;

import dev.purser.kernel.OrderId;
import java.util.List;

/** Orders as others read them. */
final class Views {

    private Views() {}

    static OrderView of(Order order, List<OrderView.Event> history) {
        return new OrderView(
                new OrderId(order.orderId),
                order.attempt,
                order.state,
                order.accountId,
                order.projectId,
                order.campaign,
                order.maxCost,
                order.license(),
                order.emailKnown,
                order.purchasingName,
                order.quotedCost,
                order.cost,
                order.cartItemId,
                order.licenseId,
                order.purchaseId,
                order.billedCost,
                order.code,
                order.message,
                order.source,
                order.receivedAt,
                order.completedAt,
                history);
    }
}
