package dev.purser.reconciliation.month;

import java.util.List;

/** What became of the wish to close a month. */
public sealed interface Closing {

    <R> R fold(Cases<R> cases);

    interface Cases<R> {
        R closed(ClosedMonth month);

        R refused(String code, String message, List<String> concerned);
    }

    /** It is sealed, now or before. */
    record Closed(ClosedMonth month) implements Closing {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.closed(month);
        }
    }

    /**
     * @param code {@code not_begun}, {@code not_read}, {@code in_flight}, {@code later_closed} or {@code earlier_open}
     * @param concerned the orders that are in the way, at most a hundred
     */
    record Refused(String code, String message, List<String> concerned) implements Closing {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.refused(code, message, concerned);
        }
    }
}
