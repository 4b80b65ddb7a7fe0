package dev.purser.reconciliation.sql;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** A transaction of its own, which may last longer than those of the order table. */
public interface Work {

    <T> T call(Duration atMost, Function<Statements, T> work);

    default void run(Duration atMost, Consumer<Statements> work) {
        call(atMost, statements -> {
            work.accept(statements);
            return true;
        });
    }

    /** A question or a single row. */
    default <T> T soon(Function<Statements, T> work) {
        return call(Duration.ofSeconds(15), work);
    }
}
