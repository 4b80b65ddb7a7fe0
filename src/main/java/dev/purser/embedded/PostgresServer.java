package dev.purser.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL in a process of its own, with one database {@code purser} that belongs to the user {@code purser}. */
public final class PostgresServer implements AutoCloseable {

    private static final String PURSER = "purser";

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts on an empty directory or on what an earlier run left there, also when that run was killed.
     *
     * @param port 0 for any free one
     */
    public static PostgresServer persistent(Path directory, int port) {
        stopWhatAKilledRunLeft(directory);
        Path data = directory.toAbsolutePath().normalize();
        // The library starts PostgreSQL with -F; a later -c overrules it.
        return start(
                data,
                builder(data, port)
                        .setCleanDataDirectory(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on"));
    }

    /** Stops the PostgreSQL that still runs on this directory although whoever started it was killed; then its port is free, too. */
    public static void stopWhatAKilledRunLeft(Path directory) {
        Postmaster.stopWhatAKilledRunLeft(directory.toAbsolutePath().normalize());
    }

    /** For tests: quick, on a free port, and its data may be lost with the machine's power. */
    public static PostgresServer fleeting(Path directory) {
        Path data = directory.toAbsolutePath().normalize();
        return start(data, builder(data, 0).setCleanDataDirectory(true));
    }

    private static EmbeddedPostgres.Builder builder(Path data, int port) {
        Redirect log = Redirect.appendTo(logBeside(data));
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(unpackedBinaries())
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setServerConfig("max_connections", "100")
                // Recovery after a kill takes longer than a start.
                .setPGStartupWait(Duration.ofSeconds(90))
                // Whoever starts it stops it, after its users are gone: a hook of its own would stop it too early.
                .setRegisterShutdownHook(false);
        return port == 0 ? builder : builder.setPort(port);
    }

    private static PostgresServer start(Path data, EmbeddedPostgres.Builder builder) {
        try {
            PostgresServer postgres = new PostgresServer(builder.start());
            try {
                postgres.createDatabase(data);
                return postgres;
            } catch (SQLException e) {
                postgres.close();
                throw new IllegalStateException("cannot create the database " + PURSER, e);
            } catch (RuntimeException e) {
                postgres.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
        }
    }

    private void createDatabase(Path data) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // The library takes any PostgreSQL that answers on the port for its own.
            if (isEmpty(
                    statement,
                    "select 1 where current_setting('data_directory') = '"
                            + data.toString().replace("'", "''") + "'")) {
                throw new IllegalStateException("another PostgreSQL answers on port " + port());
            }
            if (isEmpty(statement, "select 1 from pg_roles where rolname = 'purser'")) {
                statement.execute("create role purser login password 'purser'");
            }
            if (isEmpty(statement, "select 1 from pg_database where datname = 'purser'")) {
                statement.execute("create database purser owner purser");
            }
        }
    }

    private static boolean isEmpty(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    /** One directory for each user: the first to unpack would otherwise lock out the others of a shared machine. */
    private static File unpackedBinaries() {
        return new File(System.getProperty("java.io.tmpdir"), "purser-postgres-" + System.getProperty("user.name"));
    }

    private static File logBeside(Path data) {
        try {
            Files.createDirectories(data.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return data.resolveSibling(data.getFileName() + ".log").toFile();
    }

    public int port() {
        return server.getPort();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port() + "/" + PURSER;
    }

    public String username() {
        return PURSER;
    }

    public String password() {
        return PURSER;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not stop", e);
        }
    }
}
