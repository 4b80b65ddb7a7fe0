package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DropUriTest {

    @Test
    void the_folder_is_that_of_the_endpoint() {
        assertThat(new DropUri("file:some/inbox?recursive=false").folder()).isEqualTo(Path.of("some/inbox"));
        assertThat(new DropUri("file:///some/inbox").folder()).isEqualTo(Path.of("/some/inbox"));
    }

    @Test
    void what_no_instance_can_claim_from_is_refused_with_the_way_out() {
        assertThatThrownBy(() -> new DropUri("aws2-s3:orders")).hasMessageContaining("SFTP gateway");
        assertThatThrownBy(() -> new DropUri("sftp:partner@host")).hasMessageContaining("must name a folder");
        assertThatThrownBy(() -> new DropUri("sftp://partner@host/?password=x"))
                .hasMessageContaining("must name a folder");
    }

    @Test
    void an_option_of_its_own_counts() {
        DropUri uri = new DropUri("sftp:partner@host/inbox?password=secret&delay=5000");

        assertThat(uri.with("delay", "250")).isEqualTo(uri);
        assertThat(uri.with("noop", "true").text()).endsWith("&delay=5000&noop=true");
        assertThat(new DropUri("file:inbox").with("noop", "true").text()).isEqualTo("file:inbox?noop=true");
    }

    @Test
    void its_password_is_not_printed() {
        assertThat(new DropUri("sftp:partner:secret@host/inbox?password=secret").toString())
                .doesNotContain("secret");
    }
}
