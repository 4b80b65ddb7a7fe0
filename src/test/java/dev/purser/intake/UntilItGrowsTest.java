package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntilItGrowsTest {

    @TempDir
    Path data;

    @Test
    void a_file_that_goes_on_growing_after_it_was_claimed_is_not_read_to_its_end() throws IOException {
        Inbox inbox = new Inbox(new LocalShelves(Files.createDirectories(data.resolve("inbox"))));
        Files.writeString(data.resolve("inbox/x.csv"), "a\n1\n");
        String claim = inbox.claim("x.csv").orElseThrow();
        UntilItGrows reading = reading(() -> inbox.size(claim).orElse(0L), true);

        assertThat(reading.getAsBoolean()).isTrue();
        Files.writeString(data.resolve("claimed").resolve(claim), "2\n", StandardOpenOption.APPEND);

        assertThat(reading.getAsBoolean()).isFalse();
    }

    @Test
    void who_is_to_stop_stops() {
        assertThat(reading(() -> 4, false).getAsBoolean()).isFalse();
    }

    private static UntilItGrows reading(java.util.function.LongSupplier size, boolean goOn) {
        ImportView file = new ImportView(
                1,
                "c",
                "x.csv",
                "x",
                null,
                null,
                null,
                null,
                ImportView.State.READING,
                null,
                0,
                0,
                0,
                0,
                0,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null,
                false);
        return new UntilItGrows(file, 4, size, () -> goOn);
    }
}
