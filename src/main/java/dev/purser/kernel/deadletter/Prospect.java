package dev.purser.kernel.deadletter;

/**
 * What a replay would do.
 *
 * @param message for a person; of what is unreadable or blocked it says why
 */
public record Prospect(Kind kind, String message) {

    /** In one word. */
    public enum Kind {
        /** An order that is not known, or that ended without a purchase. */
        WOULD_BUY,
        /** Its order was bought; a replay only notes that it was taken. */
        ALREADY_BOUGHT,
        /** Its order is known with the same content and on its way, or waits for a person. */
        ALREADY_OPEN,
        /** A command that was not run yet. */
        WOULD_RUN,
        /** A command that has its answer. */
        ALREADY_ANSWERED,
        /** It can be read, and something forbids it: another order with this order_id, a verb that is switched off. */
        BLOCKED,
        UNREADABLE
    }
}
