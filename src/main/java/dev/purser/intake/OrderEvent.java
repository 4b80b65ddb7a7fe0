package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;

/** What a Kafka value turned out to be. */
sealed interface OrderEvent {

    <R> R fold(Cases<R> cases);

    /** One branch for each finding. */
    interface Cases<R> {
        R data(JsonNode data);

        R unreadable(String reason);
    }

    /** Order data; it is still to be checked. */
    record Data(JsonNode data) implements OrderEvent {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.data(data);
        }
    }

    /** @param reason names the place and never repeats what stands there */
    record Unreadable(String reason) implements OrderEvent {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.unreadable(reason);
        }
    }
}
