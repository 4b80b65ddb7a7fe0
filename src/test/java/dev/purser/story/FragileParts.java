package dev.purser.story;

import dev.purser.embedded.KafkaBroker;
import dev.purser.embedded.PostgresServer;
import dev.purser.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL and a Kafka broker in processes of their own, which may be killed and put back, and a sandbox. */
final class FragileParts implements AutoCloseable {

    private final Path home =
            Path.of("target", "parts", UUID.randomUUID().toString()).toAbsolutePath();
    private final Path data = home.resolve("postgres");
    private final Path copy = home.resolve("postgres-copy");
    private final int postgresPort = FreePort.next();
    private final int brokerPort = FreePort.next();
    private final Sandbox sandbox = Sandbox.start(0, Clock.systemUTC());
    private PostgresServer postgres;
    private Process broker;

    FragileParts() {
        broker = launchBroker();
        postgres = PostgresServer.persistent(data, postgresPort);
        awaitBroker();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            broker.destroyForcibly();
            postgres.close();
        }));
    }

    /** Runs a broker until it is killed. */
    static final class Broker {
        public static void main(String... args) throws Exception {
            KafkaBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
            System.out.println("started");
            Thread.currentThread().join();
        }
    }

    private Process launchBroker() {
        try {
            Files.createDirectories(home);
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Broker.class.getName(),
                            home.resolve("kafka").toString(),
                            Integer.toString(brokerPort))
                    .redirectErrorStream(true)
                    .redirectOutput(brokerLog().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path brokerLog() {
        return home.resolve("kafka.log");
    }

    private void awaitBroker() {
        Awaitility.await("the broker has started, see " + brokerLog())
                .atMost(Duration.ofSeconds(60))
                .failFast("it ended", () -> !broker.isAlive())
                .until(() -> lines(brokerLog()).contains("started"));
    }

    void killBroker() {
        broker.destroyForcibly().onExit().join();
    }

    void startBroker() {
        broker = launchBroker();
        awaitBroker();
    }

    /** Its children end with it. */
    void killPostgres() {
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(
                        lines(data.resolve("postmaster.pid")).get(0).strip()))
                .orElseThrow();
        List<ProcessHandle> children = postmaster.children().toList();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        children.forEach(child -> child.onExit().join());
        postgres.close();
    }

    void stopPostgres() {
        postgres.close();
    }

    void startPostgres() {
        postgres = PostgresServer.persistent(data, postgresPort);
    }

    /** PostgreSQL must have stopped. */
    void backUpPostgres() {
        copyTree(data, copy);
    }

    /** PostgreSQL must have stopped. */
    void restorePostgres() {
        delete(data);
        copyTree(copy, data);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty database of its own. */
    String newDatabase() {
        String name = "chaos_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + postgres.username());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + postgresPort + "/" + database;
    }

    String brokers() {
        return "localhost:" + brokerPort;
    }

    String cocalcUrl() {
        return sandbox.url();
    }

    SandboxLedger ledger() {
        return new SandboxLedger(sandbox.port());
    }

    @Override
    public void close() {
        killBroker();
        postgres.close();
        sandbox.close();
    }
}
