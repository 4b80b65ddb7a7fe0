package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    @TempDir
    Path data;

    private Inbox inbox;

    @BeforeEach
    void open() throws IOException {
        inbox = new Inbox(new LocalShelves(Files.createDirectories(data.resolve("inbox"))));
    }

    private String drop(String name) throws IOException {
        Files.writeString(data.resolve("inbox").resolve(name), name);
        return name;
    }

    @Test
    void a_file_is_claimed_once() throws IOException {
        String file = drop("x.csv");

        assertThat(inbox.claim(file)).isPresent();
        assertThat(inbox.claim(file)).isEmpty();
    }

    @Test
    void a_claimed_file_has_its_size_until_it_is_gone() throws IOException {
        String claim = inbox.claim(drop("x.csv")).orElseThrow();

        assertThat(inbox.size(claim)).contains(5L);
        Files.delete(data.resolve("claimed").resolve(claim));
        assertThat(inbox.size(claim)).isEmpty();
    }

    @Test
    void two_files_of_one_name_are_claimed_side_by_side_and_keep_their_name() throws IOException {
        inbox.claim(drop("x.csv"));
        inbox.claim(drop("x.csv"));

        assertThat(inbox.claimed()).hasSize(2).extracting(Inbox::droppedName).containsOnly("x.csv");
    }

    @Test
    void the_done_mark_goes_with_its_file_to_its_last_place() throws IOException {
        String file = drop("x.csv");
        drop("x.csv.done");

        inbox.archive(inbox.claim(file).orElseThrow(), "x", DAY);

        assertThat(data.resolve("archive/2026-11-23/x.csv")).hasContent("x.csv");
        assertThat(data.resolve("archive/2026-11-23/x.csv.done")).exists();
        assertThat(data.resolve("inbox")).isEmptyDirectory();
        assertThat(inbox.claimed()).isEmpty();
    }

    @Test
    void archiving_again_after_a_crash_changes_nothing() throws IOException {
        String claimed = inbox.claim(drop("x.csv")).orElseThrow();
        inbox.archive(claimed, "x", DAY);

        inbox.archive(claimed, "x", DAY);

        assertThat(data.resolve("archive/2026-11-23/x.csv")).hasContent("x.csv");
    }

    @Test
    void a_file_in_quarantine_has_its_reason_beside_it() throws IOException {
        inbox.quarantine(inbox.claim(drop("x.csv")).orElseThrow(), "x", "The file is empty.");

        assertThat(data.resolve("quarantine/x.csv")).exists();
        assertThat(data.resolve("quarantine/x.csv.reason.txt")).hasContent("The file is empty.");
        assertThat(inbox.isFree("x", DAY)).isFalse();
        assertThat(inbox.isFree("y", DAY)).isTrue();
    }

    @Test
    void what_is_not_called_csv_keeps_its_name_in_quarantine() throws IOException {
        for (String name : new String[] {"a.txt", "noext", "x.csv.gz"}) {
            String claim = inbox.claim(drop(name)).orElseThrow();
            assertThat(inbox.claimed()).containsExactly(claim);
            inbox.quarantine(claim, name, "It is called otherwise.");

            assertThat(data.resolve("quarantine").resolve(name)).hasContent(name);
            assertThat(data.resolve("quarantine").resolve(name + ".reason.txt")).hasContent("It is called otherwise.");
            assertThat(inbox.isFree(name, DAY)).isFalse();
        }
    }

    @Test
    void names_of_all_kinds_are_kept() throws IOException {
        for (String name : new String[] {"a'b.csv", "x;y,z.csv", "100%.csv", "-rf.csv", "a*?[b].csv", "X.CSV"}) {
            String claim = inbox.claim(drop(name)).orElseThrow();

            assertThat(Inbox.droppedName(claim)).isEqualTo(name);
            assertThat(inbox.claimed()).contains(claim);
        }
    }

    @Test
    void a_name_that_leaves_no_room_is_shortened() throws IOException {
        String claim = inbox.claim(drop("x".repeat(250) + ".csv")).orElseThrow();

        assertThat(Inbox.droppedName(claim)).endsWith("x.csv").hasSize(184);
        assertThat(inbox.claimed()).containsExactly(claim);
    }
}
