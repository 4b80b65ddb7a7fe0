package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever is dropped as a CSV. Its inputs are kept and tried in every build; {@code mvn -Pcheck verify} looks for more. */
class CsvReaderFuzzTest {

    private static final DryRun DRY_RUN =
            new DryRun(Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC), true);

    private static Path file;

    @BeforeAll
    static void start() throws IOException {
        file = Files.createTempFile("purser-fuzz", ".csv");
    }

    @AfterAll
    static void stop() throws IOException {
        Files.delete(file);
    }

    @FuzzTest(maxDuration = "10m")
    void every_file_ends_as_rows_that_are_good_or_told_or_as_a_flaw(byte[] input) throws IOException {
        DryRun.Sheet sheet = DRY_RUN.ofCsv(Files.write(file, input));

        if (sheet.flaw() == null) {
            assertThat(sheet.entries())
                    .allSatisfy(entry -> assertThat(entry.checked()).isNotNull());
        } else {
            assertThat(sheet.flaw()).isNotEmpty();
        }
    }
}
