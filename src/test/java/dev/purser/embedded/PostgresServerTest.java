package dev.purser.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path directory;

    @Test
    void what_was_committed_survives_a_stop_a_kill_of_its_parent_and_a_kill_of_itself() throws Exception {
        Path data = directory.resolve("postgres");
        try (PostgresServer first = PostgresServer.persistent(data, 0)) {
            execute(first, "create table kept (value int)");
            execute(first, "insert into kept values (1)");
            assertThat(ask(first, "show fsync")).isEqualTo("on");
            assertThat(ask(first, "show synchronous_commit")).isEqualTo("on");
        }
        assertThat(data.resolve("postmaster.pid")).doesNotExist();

        startInAnotherJvmAndKillThatJvm(data);

        try (PostgresServer killed = PostgresServer.persistent(data, 0)) {
            execute(killed, "insert into kept values (3)");
            kill(data);
        }
        assertThat(data.resolve("postmaster.pid")).exists();

        try (PostgresServer last = PostgresServer.persistent(data, 0)) {
            assertThat(ask(last, "select count(*) from kept")).isEqualTo("3");
            assertThat(ask(last, "select current_user")).isEqualTo("purser");
        }
    }

    private static void startInAnotherJvmAndKillThatJvm(Path data) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnotherJvm.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = jvm.inputReader()) {
            assertThat(output.lines().anyMatch("inserted"::equals)).isTrue();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
    }

    static final class AnotherJvm {
        public static void main(String... args) throws Exception {
            PostgresServer server = PostgresServer.persistent(Path.of(args[0]), 0);
            execute(server, "insert into kept values (2)");
            System.out.println("inserted");
            Thread.currentThread().join();
        }
    }

    private static void kill(Path data) throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
    }

    private static void execute(PostgresServer server, String statement) throws SQLException {
        try (Connection connection = connect(server)) {
            connection.createStatement().execute(statement);
        }
    }

    private static String ask(PostgresServer server, String query) throws SQLException {
        try (Connection connection = connect(server);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    }
}
