package dev.purser.reconciliation.ledger;

import java.util.function.Function;

/** What became of a pull. */
public sealed interface Pulled {

    /** @param proof what was proven, and what could not be */
    record Whole(String proof) implements Pulled {
        @Override
        public <R> R fold(Function<String, R> whole, Function<String, R> incomplete) {
            return whole.apply(proof);
        }
    }

    /** @param reason for a person */
    record Incomplete(String reason) implements Pulled {
        @Override
        public <R> R fold(Function<String, R> whole, Function<String, R> incomplete) {
            return incomplete.apply(reason);
        }
    }

    <R> R fold(Function<String, R> whole, Function<String, R> incomplete);
}
