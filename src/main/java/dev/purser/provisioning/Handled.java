package dev.purser.provisioning;

/** What became of a person's wish about an order. */
public sealed interface Handled {

    <R> R fold(Cases<R> cases);

    /** One branch for each kind. */
    interface Cases<R> {
        R done();

        R waiting();

        R refused(String why);

        R unknown();
    }

    /** It has happened. */
    record Done() implements Handled {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.done();
        }
    }

    /** It is written down, and happens when the order can no longer be bought without it; if it is bought first, it is bought. */
    record Waiting() implements Handled {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.waiting();
        }
    }

    /** The order's state forbids it. @param why for a person */
    record Refused(String why) implements Handled {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.refused(why);
        }
    }

    /** There is no such order. */
    record Unknown() implements Handled {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.unknown();
        }
    }
}
