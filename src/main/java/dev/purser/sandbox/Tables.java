package dev.purser.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that the sandbox remembers, under one lock, and its file. */
final class Tables implements AutoCloseable {
    private static final String SEQUENCES = "sequences";

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Journal journal;
    private final List<Table> tables;
    final Table accounts;
    final Table keys;
    final Table projects;
    final Table items;
    final Table purchases;
    final Table licenses;
    final Table subscriptions;

    Tables(Clock clock, @Nullable Path file) {
        this.clock = clock;
        journal = new Journal(file);
        accounts = new Table("accounts", journal);
        keys = new Table("keys", journal);
        projects = new Table("projects", journal);
        items = new Table("items", journal);
        purchases = new Table("purchases", journal);
        licenses = new Table("licenses", journal);
        subscriptions = new Table("subscriptions", journal);
        tables = List.of(accounts, keys, projects, items, purchases, licenses, subscriptions);
        journal.replay((name, row) -> {
            if (name.equals(SEQUENCES)) {
                table(row.path("id").asText()).continueAfter(row.path("last").asLong());
            } else {
                table(name).replay(row);
            }
        });
        journal.rewrite(snapshot());
    }

    /** JavaScript's clock has milliseconds only. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    <T> T inTransaction(Supplier<T> work) {
        lock.lock();
        try {
            try {
                return work.get();
            } finally {
                journal.commit();
            }
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        tables.forEach(Table::clear);
        journal.rewrite(Stream.empty());
    }

    @Override
    public void close() {
        inTransaction(() -> {
            journal.close();
            return true;
        });
    }

    private Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the state file names a table " + name));
    }

    private Stream<ArrayNode> snapshot() {
        return tables.stream()
                .flatMap(table -> Stream.concat(
                        Stream.of(Json.array()
                                .add(SEQUENCES)
                                .add(Json.object().put("id", table.name()).put("last", table.last()))),
                        table.all().stream()
                                .map(row -> Json.array().add(table.name()).add(row))));
    }
}
