package dev.purser.orders;

import dev.purser.kernel.OrderId;
import java.util.List;

/** Orders as others read them. */
final class Views {

    private Views() {}

    static OrderView of(Order order, List<OrderView.Event> history) {
        Content content = order.content;
        Purchase purchase = order.purchase;
        Reason reason = order.reason;
        return new OrderView(
                new OrderId(order.orderId),
                order.attempt,
                order.state,
                content.accountId(),
                content.projectId(),
                content.campaign(),
                content.maxCost(),
                order.license(),
                order.emailKnown,
                order.binding == null ? null : order.binding.name(),
                order.quotedCost,
                purchase == null ? null : purchase.cost(),
                order.cartItemId,
                purchase == null ? null : purchase.license(),
                purchase == null ? null : purchase.purchaseId(),
                purchase == null ? null : purchase.billedCost(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.message(),
                content.source(),
                order.receivedAt,
                order.completedAt,
                history);
    }
}
