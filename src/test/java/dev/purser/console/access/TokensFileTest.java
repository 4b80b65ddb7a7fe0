package dev.purser.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensFileTest {

    private static final String SESAME =
            "sha256:d7ecdf25eaf3deba0f2628771dbdd22d4138ab6cf38f91ed02a2ca0dec7c8ab7 viewer ali\n";

    @TempDir
    Path folder;

    private Path path;
    private TokensFile file;

    @BeforeEach
    void aFileWithOneToken() throws IOException {
        path = Files.writeString(folder.resolve("tokens"), SESAME);
        file = new TokensFile(path);
        assertThat(file.now().holderOf("open-sesame")).isPresent();
    }

    @Test
    void a_token_that_was_taken_out_of_the_file_opens_nothing_any_more() throws IOException {
        Files.writeString(path, "# nobody\n");

        assertThat(file.now().holderOf("open-sesame")).isEmpty();
    }

    @Test
    void a_file_of_the_same_size_that_replaces_it_is_seen() throws IOException {
        Path next = Files.writeString(folder.resolve("next"), SESAME.replace("viewer ali", "viewer eve"));
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(path));
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);

        assertThat(file.now().holderOf("open-sesame"))
                .hasValueSatisfying(holder -> assertThat(holder.name()).isEqualTo("eve"));
    }

    @Test
    void without_the_file_nobody_comes_in_until_it_is_back() throws IOException {
        Files.delete(path);
        assertThat(file.now().holderOf("open-sesame")).isEmpty();

        Files.writeString(path, SESAME);
        assertThat(file.now().holderOf("open-sesame")).isPresent();
    }
}
