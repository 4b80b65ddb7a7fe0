package dev.purser.orders;

/** What accepting a submission would do now. */
public sealed interface Foresight {

    <R> R fold(Cases<R> cases);

    /** One branch for each kind; states in the words of the API. */
    interface Cases<R> {
        R fresh();

        R anew(String state);

        R bought(String state);

        R open(String state);

        R conflict(String message);
    }

    /** The order_id is not known. */
    record Fresh() implements Foresight {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.fresh();
        }
    }

    /** The order is known. @param same whether with this content */
    record Known(Acceptance.Conflict other, OrderState state, boolean same) implements Foresight {
        @Override
        public <R> R fold(Cases<R> cases) {
            if (state.isClosedWithoutPurchase()) {
                return cases.anew(state.name());
            }
            if (!same) {
                return cases.conflict(other.message());
            }
            return state == OrderState.PURCHASED || state == OrderState.PROVISIONED
                    ? cases.bought(state.name())
                    : cases.open(state.name());
        }
    }
}
