package dev.purser.story;

import dev.purser.embedded.KafkaBroker;
import dev.purser.embedded.PostgresServer;
import dev.purser.sandbox.Sandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A PostgreSQL, a Kafka broker and a sandbox on free ports, started once and shared by all stories of this thread: two stories
 * are told at the same time, and neither meets the topics or the faults of the other.
 */
final class Parts {

    private static final List<Parts> ALL = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<Parts> OF_THREAD = ThreadLocal.withInitial(Parts::new);

    private final Path home = Path.of("target", "parts", UUID.randomUUID().toString());
    private final PostgresServer postgres = PostgresServer.fleeting(home.resolve("postgres"));
    private final KafkaBroker kafka = KafkaBroker.start(home.resolve("kafka"), 0);
    private final Sandbox sandbox = Sandbox.start(0, Clock.systemUTC());

    private Parts() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sandbox.close();
            kafka.close();
            postgres.close();
        }));
        ALL.add(this);
    }

    static Parts running() {
        return OF_THREAD.get();
    }

    /** Those of every thread so far: for what looks through all that the stories have left behind. */
    static List<Parts> all() {
        return ALL;
    }

    /** An empty database of its own, so that no story sees the orders of another. */
    String newDatabase() {
        String name = "story_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + postgres.username());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "jdbc:postgresql://localhost:" + postgres.port() + "/" + name;
    }

    /** Those of all stories so far. */
    List<String> databases() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = connect("postgres");
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select datname from pg_database where datname like 'story%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + postgres.port() + "/" + database, "postgres", "");
    }

    String brokers() {
        return kafka.bootstrapServers();
    }

    String cocalcUrl() {
        return sandbox.url();
    }

    SandboxLedger ledger() {
        return new SandboxLedger(sandbox.port());
    }

    OrdersTopic orders() {
        return new OrdersTopic(brokers());
    }

    OutcomesTopic outcomes() {
        return new OutcomesTopic(brokers());
    }
}
