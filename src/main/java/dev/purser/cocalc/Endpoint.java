package dev.purser.cocalc;

import dev.purser.kernel.failpoint.Step;

/** The paths that Purser uses, and no others. */
enum Endpoint {
    /** Whose the key is: the one question that a key of an unknown owner may be used for. */
    IDENTITY("user-query", Kind.READS),
    USER_QUERY("user-query", Kind.WRITES),
    EMAIL_ADDRESS("accounts/get-email-address", Kind.READS),
    CART_ADD("shopping/cart/add", Kind.WRITES),
    CART_GET("shopping/cart/get", Kind.READS),
    CART_CHECKED("shopping/cart/checked", Kind.WRITES),
    CART_REMOVE("shopping/cart/remove", Kind.WRITES),
    CART_EDIT("shopping/cart/edit", Kind.WRITES),
    RECENT_PURCHASES("shopping/cart/recent-purchases", Kind.READS),
    CHECKOUT_PARAMS("purchases/get-shopping-cart-checkout-params", Kind.READS_PRICES),
    CHECKOUT("purchases/shopping-cart-checkout", Kind.BUYS),
    DOCUMENTED_CHECKOUT("shopping/cart/checkout", Kind.BUYS),
    PURCHASES("purchases/get-purchases", Kind.READS),
    BALANCE("purchases/get-balance", Kind.READS),
    MANAGED_LICENSES("licenses/get-managed", Kind.READS),
    LICENSE("licenses/get-license", Kind.READS),
    SUBSCRIPTIONS("purchases/get-subscriptions", Kind.READS),
    STOP_PROJECT("projects/stop", Kind.WRITES),
    LATEX("latex", Kind.WRITES);

    private enum Kind {
        READS,
        READS_PRICES,
        WRITES,
        BUYS
    }

    private final String path;
    private final Kind kind;

    Endpoint(String path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    String path() {
        return path;
    }

    Step step() {
        return Step.valueOf(name());
    }

    /** A lost answer costs nothing but the question, so its connection may be a used one. */
    boolean onlyReads() {
        return kind == Kind.READS || kind == Kind.READS_PRICES;
    }

    boolean buys() {
        return kind == Kind.BUYS;
    }

    /** Prices the ticked items, so one bad item makes it refuse the whole cart. */
    boolean pricesTheCart() {
        return kind == Kind.READS_PRICES || kind == Kind.BUYS;
    }
}
