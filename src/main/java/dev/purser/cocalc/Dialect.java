package dev.purser.cocalc;

/** Which checkout a CoCalc serves. */
public enum Dialect {
    /** Not known yet; nothing is paid. */
    AUTO,
    /** {@code purchases/get-shopping-cart-checkout-params} and {@code purchases/shopping-cart-checkout}: what was recorded. */
    LIVING,
    /** {@code shopping/cart/checkout} as the public documentation has it: no quote, so no balance and no prices. */
    DOCUMENTED
}
