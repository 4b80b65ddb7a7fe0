package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An approver's decision about a set of orders: all of them, at what the approver saw, or none. */
@ApplicationScoped
public class Approvals {

    private final Orders orders;
    private final Provisioner provisioner;
    private final Clock clock;

    Approvals(Orders orders, Provisioner provisioner, Clock clock) {
        this.orders = orders;
        this.provisioner = provisioner;
        this.clock = clock;
    }

    /**
     * Each at the price that it is held at; none where one of them is held no more or was quoted anew since the approver looked.
     *
     * @param total what the approver saw that they cost together
     * @param actor for the history, {@code http:name}
     */
    public Handled approve(Collection<OrderId> orderIds, Money total, String actor) {
        Decided decided = QuarkusTransaction.requiringNew().call(() -> decide(orderIds, total, actor));
        decided.orders().stream()
                .map(Order::purchasingAccount)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(provisioner::wake);
        return decided.handled();
    }

    private record Decided(Handled handled, List<Order> orders) {}

    private Decided decide(Collection<OrderId> orderIds, Money total, String actor) {
        List<Order> set = orders.lockNamed(orderIds);
        Optional<String> objection = objection(orderIds, set, total);
        if (objection.isPresent()) {
            return new Decided(new Handled.Refused(objection.get()), List.of());
        }
        long approval = orders.approval(set.size(), total, because("approved together", actor));
        String together = " USD, one of " + set.size() + " for " + total + " USD together (approval " + approval + ")";
        set.forEach(order -> order.approve(approval, because("approved at " + order.quotedCost() + together, actor)));
        return new Decided(new Handled.Done(), set);
    }

    private static Optional<String> objection(Collection<OrderId> asked, List<Order> found, Money total) {
        List<OrderId> known = found.stream().map(Order::orderId).toList();
        return asked.stream()
                .filter(id -> !known.contains(id))
                .findFirst()
                .map(id -> "There is no order " + id.value() + ".")
                .or(() -> found.stream()
                        .filter(order -> !isAwaitedBy(order))
                        .findFirst()
                        .map(order -> "Order " + order.orderId().value() + " is " + OrderDesk.standing(order)
                                + " and not HELD with code " + Room.NEEDS_APPROVAL + "."))
                .or(() -> {
                    Money now = Money.sum(found.stream()
                            .map(order -> Objects.requireNonNull(order.quotedCost()))
                            .toList());
                    return now.equals(total)
                            ? Optional.empty()
                            : Optional.of("Together they are held at " + now + " USD and not at " + total + " USD.");
                });
    }

    static boolean isAwaitedBy(Order order) {
        return order.state() == OrderState.HELD && Room.NEEDS_APPROVAL.equals(order.code());
    }

    private Because because(String why, String actor) {
        return new Because(why, actor, clock.instant());
    }
}
