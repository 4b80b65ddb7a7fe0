package dev.purser.automation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Handled;
import dev.purser.provisioning.OrderDesk;
import jakarta.enterprise.context.ApplicationScoped;

/** Does at the order desk what a command says. */
@ApplicationScoped
class OrderHand {

    private final OrderDesk desk;
    private final Orders orders;

    OrderHand(OrderDesk desk, Orders orders) {
        this.desk = desk;
        this.orders = orders;
    }

    /** A crash may come between the deed and its answer; then the order's history knows that it was done. */
    Tried act(OrderAction action, String actor, boolean isFirstTry) {
        OrderId orderId = action.orderId();
        if (!isFirstTry && wasDone(orderId, actor)) {
            return done(orderId, false);
        }
        Handled handled =
                switch (action.kind()) {
                    case CANCEL -> desk.cancel(orderId, actor);
                    case RETRY -> desk.retry(orderId, actor);
                    case APPROVE -> desk.approve(orderId, actor);
                };
        return handled.fold(new Handled.Cases<>() {
            @Override
            public Tried done() {
                return OrderHand.this.done(orderId, false);
            }

            @Override
            public Tried waiting() {
                return OrderHand.this.done(orderId, true);
            }

            @Override
            public Tried refused(String why) {
                return new Tried.Failed("conflict", why + " See /api/v1/orders/" + orderId + ".");
            }

            @Override
            public Tried unknown() {
                return new Tried.Failed(
                        "unknown_order",
                        "There is no order " + orderId + "; correct order_id and send the command under a new id.");
            }
        });
    }

    private boolean wasDone(OrderId orderId, String actor) {
        return orders.find(orderId).stream()
                .flatMap(order -> order.history().stream())
                .anyMatch(event -> event.actor().equals(actor));
    }

    private Tried done(OrderId orderId, boolean waiting) {
        ObjectNode result = Bench.object().put("order_id", orderId.value());
        orders.find(orderId)
                .ifPresent(order -> result.put("state", order.state().name()).put("message", order.message()));
        return new Tried.Done(result.put("waiting", waiting));
    }
}
