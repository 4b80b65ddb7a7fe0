package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How long things take: every call on its way in, and a checkout between reading the cart and committing. */
final class Pace {
    /** Two recorded checkouts 10 ms apart always overlapped, 50 ms apart seldom. */
    static final int CHECKOUT_MILLIS = 25;

    private volatile int millis;
    private volatile int checkoutMillis = CHECKOUT_MILLIS;

    int millis() {
        return millis;
    }

    int checkoutMillis() {
        return checkoutMillis;
    }

    ObjectNode change(JsonNode wish) {
        millis = wish.path("millis").asInt(millis);
        checkoutMillis = wish.path("checkout_millis").asInt(checkoutMillis);
        return Json.object().put("millis", millis).put("checkout_millis", checkoutMillis);
    }
}
