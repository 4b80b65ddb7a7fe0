package dev.purser.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DropPlaceTest {

    @Test
    void a_folder_is_named_in_full() {
        assertThat(DropPlace.of("file:data/inbox?delay=500"))
                .isEqualTo(Path.of("data/inbox").toAbsolutePath().toString());
        assertThat(DropPlace.of("file:///srv/inbox")).isEqualTo("/srv/inbox");
    }

    @Test
    void no_password_is_shown() {
        assertThat(DropPlace.of("sftp://me:secret@files.example:22/inbox?password=secret"))
                .isEqualTo("sftp://files.example:22/inbox");
        assertThat(DropPlace.of("sftp:me:secret@files.example:22/inbox")).isEqualTo("sftp:files.example:22/inbox");
    }
}
