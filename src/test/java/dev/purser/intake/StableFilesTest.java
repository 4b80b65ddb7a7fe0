package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableFilesTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private StableFiles files;

    @BeforeEach
    void open() {
        files = new StableFiles(new LocalShelves(folder), nanos::get);
    }

    private boolean isWhole(Path file) throws IOException {
        return files.isWhole(
                file.getFileName().toString(),
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void a_file_that_does_not_change_for_a_second_is_whole() throws IOException {
        Path file = write("x.csv", "a\n");

        assertThat(isWhole(file)).isFalse();
        pass(Duration.ofMillis(900));
        assertThat(isWhole(file)).isFalse();
        pass(Duration.ofMillis(200));
        assertThat(isWhole(file)).isTrue();
        assertThat(isWhole(file)).isTrue();
    }

    @Test
    void a_file_that_grows_is_waited_for() throws IOException {
        Path file = write("x.csv", "a\n");
        isWhole(file);
        pass(Duration.ofSeconds(2));
        write("x.csv", "a\nb\n");

        assertThat(isWhole(file)).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(isWhole(file)).isTrue();
    }

    @Test
    void a_file_with_its_done_mark_is_whole_at_once() throws IOException {
        Path file = write("x.csv", "a\n");
        write("x.csv.done", "");

        assertThat(isWhole(file)).isTrue();
    }

    @Test
    void a_mark_that_is_older_than_the_file_vouches_for_another_one() throws IOException {
        Path file = write("x.csv", "a\n");
        Path mark = write("x.csv.done", "");
        Files.setLastModifiedTime(mark, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(isWhole(file)).isFalse();
    }

    @Test
    void an_empty_file_is_given_time_to_be_written() throws IOException {
        Path file = write("x.csv", "");
        isWhole(file);
        pass(Duration.ofSeconds(5));
        assertThat(isWhole(file)).isFalse();
        pass(Duration.ofSeconds(6));
        assertThat(isWhole(file)).isTrue();
    }

    @Test
    void half_copies_hidden_files_and_marks_never_count() throws IOException {
        for (String name : new String[] {"x.csv.part", ".x.csv", "x.csv.done", "x.csv.tmp"}) {
            Path file = write(name, "a\n");
            isWhole(file);
            pass(Duration.ofDays(1));
            assertThat(isWhole(file)).as(name).isFalse();
        }
    }

    @Test
    void a_file_that_is_called_otherwise_is_given_time_to_be_renamed() throws IOException {
        Path file = write("x.txt", "a\n");
        isWhole(file);
        pass(Duration.ofSeconds(29));
        assertThat(isWhole(file)).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(isWhole(file)).isTrue();
    }

    @Test
    void a_file_that_ends_in_the_middle_of_a_line_is_given_more_time() throws IOException {
        Path file = write("x.csv", "a\nb");
        isWhole(file);
        pass(Duration.ofSeconds(4));
        assertThat(isWhole(file)).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(isWhole(file)).isTrue();
    }

    @Test
    void a_file_that_is_gone_is_not_whole() {
        files.isWhole("gone.csv", 1, Instant.EPOCH);
        pass(Duration.ofSeconds(9));

        assertThat(files.isWhole("gone.csv", 1, Instant.EPOCH)).isFalse();
    }
}
