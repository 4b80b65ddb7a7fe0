package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.story.AnSftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteShelvesTest {

    private final AnSftpServer sftp = AnSftpServer.start();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final RemoteShelves shelves = shelves(sftp.uri());

    private RemoteShelves shelves(String uri) {
        return new RemoteShelves(camel, new DropUri(uri).with("strictHostKeyChecking", "yes"));
    }

    @AfterEach
    void close() throws IOException {
        camel.close();
        sftp.close();
    }

    private void publish(String place, String text) throws IOException {
        Path draft = Files.writeString(shelves.draft(place), text);
        shelves.publish(draft, place);
        assertThat(draft).doesNotExist();
    }

    @Test
    void a_file_moves_once() throws IOException {
        Files.writeString(sftp.inbox().resolve("x.csv"), "a");

        assertThat(shelves.inbox()).isEqualTo("inbox");
        assertThat(shelves.changed("inbox/x.csv")).isPresent();
        assertThat(shelves.move("inbox/x.csv", "claimed/1.x.csv")).isTrue();
        assertThat(shelves.move("inbox/x.csv", "claimed/2.x.csv")).isFalse();
        assertThat(shelves.changed("inbox/x.csv")).isEmpty();
        assertThat(shelves.names("claimed")).containsExactly("1.x.csv");
        assertThat(shelves.names("nowhere")).isEmpty();
        assertThat(shelves.size("claimed/1.x.csv")).contains(1L);
        assertThat(shelves.size("claimed/2.x.csv")).isEmpty();
    }

    @Test
    void what_is_published_again_replaces_what_was_there() throws IOException {
        publish("results/x.results.csv", "first");
        publish("results/x.results.csv", "second");

        assertThat(sftp.names("results")).containsExactly("x.results.csv");
        try (LocalCopy copy = shelves.copy("results/x.results.csv")) {
            assertThat(copy.path()).hasContent("second");
        }
    }

    @Test
    void a_file_is_given_more_time_unless_it_is_seen_to_end_with_a_line() throws IOException {
        Files.writeString(sftp.inbox().resolve("whole.csv"), "a\n1\n");
        Files.writeString(sftp.inbox().resolve("cut.csv"), "a\n1");

        assertThat(shelves.quiet("whole.csv", 4)).hasSeconds(4);
        assertThat(shelves.quiet("cut.csv", 3)).hasSeconds(15);
        assertThat(shelves.quiet("huge.csv", 1 << 20)).hasSeconds(15);
        assertThat(shelves.quiet("empty.csv", 0)).hasSeconds(15);
    }

    @Test
    void a_folder_that_is_gone_is_made_again() throws IOException {
        publish("results/x.results.csv", "first");
        Path results = sftp.inbox().resolveSibling("results");
        Files.delete(results.resolve("x.results.csv"));
        Files.delete(results);

        assertThatThrownBy(() -> publish("results/x.results.csv", "second")).isInstanceOf(IOException.class);
        publish("results/x.results.csv", "third");

        assertThat(results.resolve("x.results.csv")).hasContent("third");
    }

    @Test
    void a_folder_that_could_not_be_made_is_tried_again() throws IOException {
        Path inTheWay = Files.writeString(sftp.inbox().resolveSibling("claimed"), "no folder");
        Files.writeString(sftp.inbox().resolve("x.csv"), "a");
        assertThatThrownBy(() -> shelves.move("inbox/x.csv", "claimed/1.x.csv")).isInstanceOf(IOException.class);
        Files.delete(inTheWay);

        assertThat(shelves.move("inbox/x.csv", "claimed/1.x.csv")).isTrue();
    }

    @Test
    void what_somebody_else_is_writing_to_the_same_place_is_let_alone() throws IOException {
        publish("results/x.results.csv", "first");
        Path theirs = Files.writeString(sftp.inbox().resolveSibling("results/.x.results.csv.draft"), "theirs");

        publish("results/x.results.csv", "second");

        assertThat(theirs).hasContent("theirs");
        assertThat(sftp.names("results")).containsExactly(".x.results.csv.draft", "x.results.csv");
    }

    @Test
    void a_server_whose_key_nobody_knows_is_not_trusted_and_the_password_is_not_told() {
        assertThatThrownBy(() -> shelves(sftp.uriOfAStranger() + "&maximumReconnectAttempts=0")
                        .names("inbox"))
                .hasStackTraceContaining("HostKey")
                .satisfies(e -> assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                        .doesNotContain("pw-"));
    }
}
