package dev.purser.provisioning;

import dev.purser.budget.Ask;
import dev.purser.budget.Prices;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the engine sees it.
 *
 * @param account the purchasing account that it is bound to, if any
 * @param ownPrice by our own price function; reckoned once, for a turn asks for it many times
 */
record Line(
        long ref,
        OrderId orderId,
        OrderState state,
        @Nullable String code,
        @Nullable UUID account,
        @Nullable Long itemId,
        LicenseSpec spec,
        @Nullable UUID projectId,
        @Nullable Money maxCost,
        @Nullable Money quotedCost,
        @Nullable Money approvedCost,
        boolean cancelAsked,
        @Nullable String campaign,
        Money ownPrice) {

    static Line of(Order order) {
        return new Line(
                order.ref(),
                order.orderId(),
                order.state(),
                order.code(),
                order.purchasingAccount(),
                order.cartItemId(),
                order.license(),
                order.projectId(),
                order.maxCost(),
                order.quotedCost(),
                order.approvedCost(),
                order.isCancelAsked(),
                order.campaign(),
                Prices.of(order.license()));
    }

    /** What Purser writes into the cart item. */
    String description(Settings settings) {
        return new OrderToken(settings.instance(), orderId).appendTo(spec.description());
    }

    /** A range that has started is asked for from now on: CoCalc would move its end by as much as its start. */
    LicenseSpec specAt(Instant now) {
        Instant start = spec.start();
        return start == null || !start.isBefore(now)
                ? spec
                : new LicenseSpec(
                        spec.user(),
                        spec.runLimit(),
                        spec.ram(),
                        spec.cpu(),
                        spec.disk(),
                        spec.member(),
                        spec.uptime(),
                        spec.boost(),
                        spec.period(),
                        now,
                        spec.end(),
                        spec.title(),
                        spec.description());
    }

    Ask ask(Money price) {
        return new Ask(price, campaign, maxCost, approvedCost);
    }

    /** At what CoCalc quoted the last time, where that was dearer: by our own price it would fit, and by the next quote not. */
    Ask ask() {
        return ask(quotedCost == null ? ownPrice() : ownPrice().max(quotedCost));
    }

    boolean mayBeAddedBy(UUID purchasingAccount) {
        return mayBeAdoptedBy(purchasingAccount) && !cancelAsked;
    }

    /** An item that is there is taken on even if the order is to be cancelled: then its removal is written down. */
    boolean mayBeAdoptedBy(UUID purchasingAccount) {
        return state == OrderState.RESOLVED && (account == null || account.equals(purchasingAccount));
    }

    /** Whether a decision about this line still fits what the order has become. */
    boolean isStill(Line now) {
        return state == now.state
                && Objects.equals(account, now.account)
                && Objects.equals(approvedCost, now.approvedCost);
    }

    boolean isBought() {
        return state == OrderState.PURCHASED || state == OrderState.PROVISIONED;
    }

    boolean isOpen() {
        return !state.isFinal() && state != OrderState.PURCHASED;
    }
}
