package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.Orders;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a person may do with an order. None of it pays: the engine looks at the order again, or is told to let it go. */
@ApplicationScoped
public class OrderDesk {

    private static final String IN_NO_CART = "when nothing of it is in a cart";

    private final EntityManager db;
    private final Orders orders;
    private final Provisioner provisioner;
    private final Accounts accounts;
    private final Clock clock;

    OrderDesk(EntityManager db, Orders orders, Provisioner provisioner, Accounts accounts, Clock clock) {
        this.db = db;
        this.orders = orders;
        this.provisioner = provisioner;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Lets an order be bought at the price that it is held at, and no dearer. @param actor for the history, {@code http:name} */
    public Handled approve(OrderId orderId, String actor) {
        return change(orderId, order -> approve(order, actor));
    }

    private Handled approve(Order order, String actor) {
        if (!Approvals.isAwaitedBy(order)) {
            return new Handled.Refused("Only an order that is HELD with code " + Room.NEEDS_APPROVAL
                    + " can be approved; this one is " + standing(order) + ".");
        }
        order.approve(null, because("approved at " + order.quotedCost() + " USD", actor));
        return new Handled.Done();
    }

    /** Ends an order that nothing holds in a cart; for the others the wish is written down, and the engine carries it out. */
    public Handled cancel(OrderId orderId, String actor) {
        return change(orderId, order -> cancel(order, because("cancelled as asked", actor)));
    }

    private Handled cancel(Order order, Because because) {
        return switch (order.state()) {
            case RECEIVED -> wish(order, because, "when the account lookup has ended");
            case RESOLVED -> order.purchasingAccount() == null ? end(order, because) : wish(order, because, IN_NO_CART);
            case HELD ->
                isPaymentPending(order)
                        ? wish(sought(order, because), because, "if nobody pays it after all")
                        : order.purchasingAccount() == null ? end(order, because) : letGo(order, because);
            case IN_CART -> wish(order, because, IN_NO_CART);
            case CHECKING_OUT, UNKNOWN -> wish(order, because, "if its checkout turns out not to have bought it");
            case PURCHASED, PROVISIONED -> new Handled.Refused("The order is bought and cannot be cancelled.");
            case REJECTED, FAILED, CANCELLED ->
                new Handled.Refused("The order has ended (" + standing(order) + "); there is nothing to cancel.");
        };
    }

    private Handled end(Order order, Because because) {
        if (isSeenBought(order)) {
            return new Handled.Refused("The order was bought, and that is about to be written down.");
        }
        if (!accounts.everyoneLooked()) {
            // A restored database knows nothing of what was bought after it was copied.
            return new Handled.Refused(
                    "Purser has not read yet what was bought so far on every purchasing account; ask again when it has.");
        }
        order.cancel(because);
        return new Handled.Done();
    }

    private boolean isSeenBought(Order order) {
        return (Boolean)
                db.createNativeQuery("select exists (select from bought_item where order_id = :order)", Boolean.class)
                        .setParameter("order", order.orderId().value())
                        .getSingleResult();
    }

    /** Asked twice, it is written down once. */
    private static Handled wish(Order order, Because because, String when) {
        if (!order.isCancelAsked()) {
            order.askToCancel(
                    new Because("asked to cancel; it will be cancelled " + when, because.actor(), because.at()));
        }
        return new Handled.Waiting();
    }

    private Handled letGo(Order order, Because because) {
        if (accounts.byId(Objects.requireNonNull(order.purchasingAccount())).isEmpty()) {
            return new Handled.Refused(
                    "An item of the order may lie in the cart of a purchasing account that is not configured, or"
                            + " whose key was not confirmed yet; ask again when it is.");
        }
        return wish(released(order, because), because, IN_NO_CART);
    }

    /** The engine works on what is not held: an item of it may be in the cart again, or about to be, or bought by somebody. */
    private static Order released(Order order, Because because) {
        order.release(new Because("released so that it is seen in no cart", because.actor(), because.at()));
        return order;
    }

    private static boolean isPaymentPending(Order order) {
        return Books.PAYMENT_PENDING.equals(order.code()) && order.cartItemId() != null;
    }

    /** Its item may be bought at any time: the engine asks about that very item, and adds no other beside it. */
    private static Order sought(Order order, Because because) {
        order.release(because);
        order.inCart(
                Objects.requireNonNull(order.cartItemId()),
                new Because("cart item " + order.cartItemId() + " is looked for", because.actor(), because.at()));
        return order;
    }

    /** Puts an order back to where the engine looks at it first: it is held again if nothing has changed, and never paid by this. */
    public Handled retry(OrderId orderId, String actor) {
        return change(orderId, order -> retry(order, actor));
    }

    private Handled retry(Order order, String actor) {
        switch (order.state()) {
            case HELD -> {
                if (isPaymentPending(order)) {
                    sought(order, because("to be tried again", actor));
                } else {
                    order.release(because("to be tried again", actor));
                }
            }
            case REJECTED, FAILED, CANCELLED -> orders.reopen(order, because("tried again as it was", actor));
            case UNKNOWN -> order.note(because("to be asked about at once", actor));
            case RECEIVED, RESOLVED, IN_CART, CHECKING_OUT, PURCHASED, PROVISIONED -> {
                return new Handled.Refused("Only an order that is held, unknown, failed, rejected or cancelled can be"
                        + " tried again; this one is " + standing(order) + ".");
            }
        }
        return new Handled.Done();
    }

    /** The account is looked at when the change can be seen. */
    private Handled change(OrderId orderId, Function<Order, Handled> change) {
        Changed changed = QuarkusTransaction.requiringNew().call(() -> orders.lock(orderId)
                .map(order -> new Changed(change.apply(order), Optional.ofNullable(order.purchasingAccount())))
                .orElseGet(() -> new Changed(new Handled.Unknown(), Optional.empty())));
        changed.account().ifPresent(provisioner::wake);
        return changed.handled();
    }

    private record Changed(Handled handled, Optional<UUID> account) {}

    static String standing(Order order) {
        return order.code() == null ? order.state().name() : order.state() + " (" + order.code() + ")";
    }

    private Because because(String why, String actor) {
        return new Because(why, actor, clock.instant());
    }
}
