package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.embedded.DatabaseForTest;
import dev.purser.embedded.PostgresServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * A file of a million rows through the drop, and the same file by hand-written SQL (COPY into a staging table, merge into the same
 * tables with the same indexes), on one PostgreSQL that writes durably. Prints the ratio; {@code mvn -Pbench verify} runs it
 * in 256 MB of heap.
 */
@QuarkusTest
@QuarkusTestResource(value = IntakeBench.Database.class, restrictToAnnotatedClass = true)
class IntakeBench {

    private static final int ROWS = Integer.getInteger("purser.bench-rows", 1_000_000);
    private static final Path INBOX = Path.of("target", "parts", "intake-bench-" + UUID.randomUUID(), "inbox");

    @Inject
    Imports imports;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Test
    void a_million_rows_by_purser_and_by_hand() throws IOException, SQLException {
        Path file = file("million", ROWS);
        SqlByHand byHand = new SqlByHand(database);

        Duration purser = purser(file);
        Duration results = awaitSince(System.nanoTime(), done -> done.resultsAt() != null);
        Duration hand = byHand.take(file);

        System.out.printf(
                Locale.ROOT,
                "intake: %d rows, %.0f MB, heap %d MB: purser %.1f s, by hand %.1f s, ratio %.2f%n",
                ROWS,
                Files.size(file) / 1e6,
                Runtime.getRuntime().maxMemory() / 1_000_000,
                purser.toMillis() / 1000.0,
                hand.toMillis() / 1000.0,
                (double) purser.toMillis() / hand.toMillis());
        System.out.printf(Locale.ROOT, "results of them: %.1f s more%n", results.toMillis() / 1000.0);
        assertThat(byHand.counts()).isEqualTo(byHand.countsOf(database));
    }

    /** From the moment it lies in the inbox until its last row is committed. */
    private Duration purser(Path file) throws IOException {
        Files.createDirectories(INBOX);
        Files.createFile(INBOX.resolve(file.getFileName() + ".done"));
        Files.createLink(INBOX.resolve("." + file.getFileName()), file);
        long begun = System.nanoTime();
        Files.move(
                INBOX.resolve("." + file.getFileName()),
                INBOX.resolve(file.getFileName()),
                StandardCopyOption.ATOMIC_MOVE);
        Files.setLastModifiedTime(
                INBOX.resolve(file.getFileName() + ".done"),
                java.nio.file.attribute.FileTime.fromMillis(
                        Files.getLastModifiedTime(file).toMillis() + 1000));
        return awaitSince(begun, done -> done.readAt() != null);
    }

    private Duration awaitSince(long begun, Predicate<ImportView> reached) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(15))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> imports.page(null, 1).stream().anyMatch(reached));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Path file(String name, int rows) throws IOException {
        Path file = Files.createDirectories(INBOX.getParent()).resolve(name + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("order_id,account_id,project_id,user,run_limit,ram,cpu,disk,member,uptime,boost,period,start,end,"
                    + "title,description,max_cost,campaign\n");
            for (int row = 0; row < rows; row++) {
                out.write("2031-F-%07d,%s,,academic,1,4,1,3,true,short,false,range,2031-02-01,2031-08-01,"
                        .formatted(row, new UUID(row * 0x9E3779B97F4A7C15L, row)));
                out.write("Calculus " + row % 1000 + " for the summer term,section " + row % 12
                        + " of the course with exercises,25.00,summer-2031\n");
            }
        }
        return file;
    }

    /** A PostgreSQL that writes durably. */
    public static final class Database extends DatabaseForTest {

        @Override
        protected PostgresServer database(Path directory) {
            return PostgresServer.persistent(directory, 0);
        }

        @Override
        protected Map<String, String> settings() {
            return Map.of("purser.drop-uri", "file:" + INBOX.toAbsolutePath());
        }
    }
}
