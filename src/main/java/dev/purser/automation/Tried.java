package dev.purser.automation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of trying a command once. */
sealed interface Tried {

    <R> R fold(Cases<R> cases);

    /** One branch for each. */
    interface Cases<R> {
        R done(ObjectNode result);

        R failed(Failed failure);

        R again(Again again);
    }

    record Done(ObjectNode result) implements Tried {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.done(result);
        }
    }

    /**
     * It will not be tried again.
     *
     * @param code why, in one word
     * @param message the same for a person, with what to do about it
     * @param result what there is to see all the same, or null
     */
    record Failed(String code, String message, @Nullable ObjectNode result) implements Tried {

        Failed(String code, String message) {
            this(code, message, null);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.failed(this);
        }
    }

    /**
     * Nothing has changed, or changing it once more changes nothing.
     *
     * @param what for a person
     * @param atLeast how long to wait; null where nobody has said
     */
    record Again(Obstacle obstacle, String what, @Nullable Duration atLeast) implements Tried {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.again(this);
        }
    }
}
