package dev.purser.kernel.failpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A step that a crash can come before or after, in the order in which an order passes them; then the calls to CoCalc. */
public enum Step {
    /** A dropped file is renamed. */
    CLAIM,
    /** A chunk of rows is stored; the transaction is still open. */
    ROWS,
    /** All rows are stored, the file is noted as read. */
    READ,
    ARCHIVE,
    /** A Kafka record is stored as an order. */
    RECORD,
    /** Its offset is committed. */
    OFFSET,
    LEASE,
    /** Add intents are committed. */
    INTENT,
    /** The answers to additions are written down. */
    ANSWERED,
    /** Items found in the cart are written down. */
    ADOPT,
    /** The orders are CHECKING_OUT, the money is reserved. */
    WRITE_DOWN,
    DOUBT,
    DISARMED,
    /** What was bought is settled. */
    SETTLE,
    /** Purchased orders are claimed to be handed over. */
    HANDOVER,
    /** Announcements are taken from the outbox. */
    OUTBOX,
    /** An announcement that the broker has is let go. */
    PUBLISHED,

    IDENTITY,
    USER_QUERY,
    EMAIL_ADDRESS,
    CART_ADD,
    CART_GET,
    CART_CHECKED,
    CART_REMOVE,
    CART_EDIT,
    RECENT_PURCHASES,
    CHECKOUT_PARAMS,
    CHECKOUT,
    DOCUMENTED_CHECKOUT,
    PURCHASES,
    BALANCE,
    MANAGED_LICENSES,
    LICENSE,
    SUBSCRIPTIONS,
    STOP_PROJECT,
    LATEX;

    /** As in a configuration: {@code write-down}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Step> named(String name) {
        return Arrays.stream(values())
                .filter(step -> step.toString().equals(name))
                .findFirst();
    }
}
