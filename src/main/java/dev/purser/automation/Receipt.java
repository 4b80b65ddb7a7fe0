package dev.purser.automation;

import dev.purser.kernel.event.Flaw;
import java.util.List;

/** What became of a command that was sent. */
public sealed interface Receipt {

    <R> R fold(Cases<R> cases);

    /** One branch for each. */
    interface Cases<R> {
        R accepted(String id);

        R duplicate(String id);

        R conflict(String message);

        R invalid(List<Flaw> flaws);
    }

    /** It is stored, and will be answered once. */
    record Accepted(String id) implements Receipt {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.accepted(id);
        }
    }

    /** It was accepted before, with the same content; its answer is the answer. */
    record Duplicate(String id) implements Receipt {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.duplicate(id);
        }
    }

    /** Its id stands for another command. */
    record Conflict(String message) implements Receipt {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.conflict(message);
        }
    }

    /** It claims no id. @param flaws all that is wrong with it at once */
    record Invalid(List<Flaw> flaws) implements Receipt {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.invalid(flaws);
        }
    }
}
