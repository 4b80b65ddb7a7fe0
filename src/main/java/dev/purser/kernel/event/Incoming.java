package dev.purser.kernel.event;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the value of a Kafka record turned out to be. */
public sealed interface Incoming {

    <R> R fold(Cases<R> cases);

    /** One branch for each finding. */
    interface Cases<R> {
        R event(Event event);

        R unreadable(String reason);
    }

    /**
     * A CloudEvent, or bare JSON where id and type are null. Its data is a JSON object and still to be checked.
     *
     * @param id the CloudEvents id
     * @param type the CloudEvents type, with its version
     */
    record Event(@Nullable String id, @Nullable String type, JsonNode data) implements Incoming {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.event(this);
        }
    }

    /** @param reason names the place and never repeats what stands there */
    record Unreadable(String reason) implements Incoming {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.unreadable(reason);
        }
    }
}
