package dev.purser.orders;

import dev.purser.kernel.OrderId;

/** What became of a submission. */
public sealed interface Acceptance {

    OrderId orderId();

    <R> R fold(Cases<R> cases);

    /** One branch for each kind. */
    interface Cases<R> {
        R accepted(Accepted accepted);

        R duplicate(Duplicate duplicate);

        R conflict(Conflict conflict);
    }

    /** It is stored; {@code attempt} is above 1 when a closed order was submitted again. */
    record Accepted(OrderId orderId, int attempt) implements Acceptance {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.accepted(this);
        }
    }

    /** The same order is known with the same content. */
    record Duplicate(OrderId orderId) implements Acceptance {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.duplicate(this);
        }
    }

    /** The order is known with other content. */
    record Conflict(OrderId orderId) implements Acceptance {
        public String message() {
            return "order_id: " + orderId
                    + " was already submitted with other content; send a new order_id, or cancel the first order";
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.conflict(this);
        }
    }
}
