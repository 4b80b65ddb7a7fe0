package dev.purser.reconciliation.sql;

import dev.purser.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL with Purser's tables, one for all tests of this package; each test has a database of its own. */
public final class TestDatabase implements Work, AutoCloseable {

    private static final class Once {
        private static final PostgresServer SERVER = start();

        private static PostgresServer start() {
            PostgresServer server =
                    PostgresServer.fleeting(Path.of("target", "reconciliation", UUID.randomUUID() + "", "postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        }
    }

    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    private final String url;
    private final Connection connection;

    public TestDatabase() {
        this("template1");
    }

    /** As restored from a backup of this one, which is closed by it. */
    public TestDatabase copy() {
        close();
        return new TestDatabase(name);
    }

    private TestDatabase(String template) {
        try (Connection admin = DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + Once.SERVER.port() + "/postgres", "postgres", "")) {
            admin.createStatement().execute("create database " + name + " owner purser template " + template);
            url = "jdbc:postgresql://localhost:" + Once.SERVER.port() + "/" + name;
            Flyway.configure().dataSource(url, "purser", "purser").load().migrate();
            connection = DriverManager.getConnection(url, "purser", "purser");
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return url;
    }

    @Override
    public synchronized <T> T call(Duration atMost, Function<Statements, T> work) {
        try {
            boolean done = false;
            try {
                T result = work.apply(new Statements(connection));
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long count(String sql) {
        return soon(db -> db.first(sql, row -> row.getLong(1)).orElseThrow());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
