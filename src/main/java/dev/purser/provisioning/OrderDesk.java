package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** What a person may do with an order. None of it pays: the engine looks at the order again, or is told to let it go. */
@ApplicationScoped
@Transactional
public class OrderDesk {

    private final Orders orders;
    private final Clock clock;

    OrderDesk(Orders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /** Lets an order be bought at the price that it is held at, and no dearer. @param actor for the history, {@code http:name} */
    public Handled approve(OrderId orderId, String actor) {
        return orders.lock(orderId).map(order -> approve(order, actor)).orElseGet(Handled.Unknown::new);
    }

    private Handled approve(Order order, String actor) {
        if (order.state() != OrderState.HELD || !Room.NEEDS_APPROVAL.equals(order.code())) {
            return new Handled.Refused("Only an order that is HELD with code " + Room.NEEDS_APPROVAL
                    + " can be approved; this one is " + standing(order) + ".");
        }
        order.approve(because("approved at " + order.quotedCost() + " USD", actor));
        return new Handled.Done();
    }

    private static String standing(Order order) {
        return order.code() == null ? order.state().name() : order.state() + " (" + order.code() + ")";
    }

    private Because because(String why, String actor) {
        return new Because(why, actor, clock.instant());
    }
}
