package dev.purser.orders;

import java.util.EnumSet;
import java.util.Set;

/** Where an order is in its life, and where it may go from there. */
public enum OrderState {
    RECEIVED,
    RESOLVED,
    HELD,
    IN_CART,
    CHECKING_OUT,
    UNKNOWN,
    PURCHASED,
    PROVISIONED,
    REJECTED,
    FAILED,
    CANCELLED;

    /** The legal exits. Any open state may become PURCHASED: the item was bought, by whomever. */
    Set<OrderState> exits() {
        return switch (this) {
            case RECEIVED -> EnumSet.of(RESOLVED, REJECTED, PURCHASED);
            case RESOLVED -> EnumSet.of(IN_CART, HELD, REJECTED, CANCELLED, FAILED, PURCHASED);
            case HELD -> EnumSet.of(HELD, RESOLVED, CANCELLED, FAILED, PURCHASED);
            case IN_CART -> EnumSet.of(CHECKING_OUT, HELD, REJECTED, CANCELLED, FAILED, PURCHASED);
            case CHECKING_OUT, UNKNOWN -> EnumSet.of(PURCHASED, IN_CART, UNKNOWN);
            case PURCHASED -> EnumSet.of(PROVISIONED);
            case PROVISIONED -> EnumSet.noneOf(OrderState.class);
            case REJECTED, FAILED, CANCELLED -> EnumSet.of(RECEIVED);
        };
    }

    public boolean mayBecome(OrderState next) {
        return exits().contains(next);
    }

    /** True when nothing more will happen by itself. */
    public boolean isFinal() {
        return this == PROVISIONED || isClosedWithoutPurchase();
    }

    /** Such an order may be submitted again: a new attempt with the same token. */
    public boolean isClosedWithoutPurchase() {
        return this == REJECTED || this == FAILED || this == CANCELLED;
    }
}
