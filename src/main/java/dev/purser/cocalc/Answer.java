package dev.purser.cocalc;

import java.time.Duration;
import java.util.function.Function;

/**
 * What became of one question to CoCalc. CoCalc reports errors with HTTP 200, so only a readable body of the expected
 * shape without {@code error} is {@link Done}; what may or may not have been carried out is {@link Unknown} and is never repeated blindly.
 */
public sealed interface Answer<T> {

    <R> R fold(Cases<? super T, ? extends R> cases);

    default boolean isDone() {
        return this instanceof Done;
    }

    /** One branch for each kind of answer: a new kind breaks the build wherever answers are handled. */
    interface Cases<T, R> {
        R done(T value);

        R refused(Refusal refusal, String text);

        R throttled(Duration wait);

        R notSignedIn(String text);

        R notSent(String detail);

        R unknown(String detail);
    }

    record Done<T>(T value) implements Answer<T> {
        @Override
        public <R> R fold(Cases<? super T, ? extends R> cases) {
            return cases.done(value);
        }
    }

    /** CoCalc said no, in its own words; {@link Refusal#UNLISTED} where the words are in no list of ours. */
    record Refused<T>(Refusal refusal, String text) implements Answer<T> {
        @Override
        public <R> R fold(Cases<? super T, ? extends R> cases) {
            return cases.refused(refusal, text);
        }
    }

    /** Too many requests: refused before anything was done; may be asked again after {@code retryAfter}. */
    record Throttled<T>(Duration retryAfter) implements Answer<T> {
        @Override
        public <R> R fold(Cases<? super T, ? extends R> cases) {
            return cases.throttled(retryAfter);
        }
    }

    /** The caller counted as anonymous: a bad key, or CoCalc's database is down; the words are the same. Nothing was done. */
    record NotSignedIn<T>(String text) implements Answer<T> {
        @Override
        public <R> R fold(Cases<? super T, ? extends R> cases) {
            return cases.notSignedIn(text);
        }
    }

    /** The question surely never left: no connection could be made. Safe to ask again. */
    record NotSent<T>(String detail) implements Answer<T> {
        @Override
        public <R> R fold(Cases<? super T, ? extends R> cases) {
            return cases.notSent(detail);
        }
    }

    /** The question was sent, and the answer was lost, late or no readable JSON of the expected shape. */
    record Unknown<T>(String detail) implements Answer<T> {
        @Override
        public <R> R fold(Cases<? super T, ? extends R> cases) {
            return cases.unknown(detail);
        }
    }

    /** The same answer about something else: only a {@link Done} carries a value to change. */
    default <U> Answer<U> map(Function<? super T, ? extends U> change) {
        return fold(new Cases<T, Answer<U>>() {
            @Override
            public Answer<U> done(T value) {
                return new Done<>(change.apply(value));
            }

            @Override
            public Answer<U> refused(Refusal refusal, String text) {
                return new Refused<>(refusal, text);
            }

            @Override
            public Answer<U> throttled(Duration wait) {
                return new Throttled<>(wait);
            }

            @Override
            public Answer<U> notSignedIn(String text) {
                return new NotSignedIn<>(text);
            }

            @Override
            public Answer<U> notSent(String detail) {
                return new NotSent<>(detail);
            }

            @Override
            public Answer<U> unknown(String detail) {
                return new Unknown<>(detail);
            }
        });
    }

    /** One line for a log or an order's history; never holds a key or a body. */
    default String summary() {
        return fold(new Cases<T, String>() {
            @Override
            public String done(T value) {
                return "done";
            }

            @Override
            public String refused(Refusal refusal, String text) {
                return "refused: " + text;
            }

            @Override
            public String throttled(Duration wait) {
                return "throttled for " + wait.toSeconds() + " s";
            }

            @Override
            public String notSignedIn(String text) {
                return "not signed in: " + text;
            }

            @Override
            public String notSent(String detail) {
                return "not sent: " + detail;
            }

            @Override
            public String unknown(String detail) {
                return "no clear answer: " + detail;
            }
        });
    }
}
