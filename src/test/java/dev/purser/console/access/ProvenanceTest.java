package dev.purser.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProvenanceTest {

    @Test
    void a_command_line_tells_no_provenance_and_may_write() {
        assertThat(Provenance.isForeign("POST", null, null, "localhost:8080")).isFalse();
    }

    @Test
    void our_own_page_may_write_also_behind_a_proxy_that_changes_the_host() {
        assertThat(Provenance.isForeign("POST", "same-origin", "https://purser.example", "10.0.0.7:8080"))
                .isFalse();
        assertThat(Provenance.isForeign("POST", null, "http://localhost:8080", "localhost:8080"))
                .isFalse();
    }

    @Test
    void a_strangers_page_may_not_write() {
        assertThat(Provenance.isForeign("POST", "cross-site", null, "localhost:8080"))
                .isTrue();
        assertThat(Provenance.isForeign("POST", "same-site", null, "localhost:8080"))
                .isTrue();
        assertThat(Provenance.isForeign("POST", null, "https://evil.example", "localhost:8080"))
                .isTrue();
        assertThat(Provenance.isForeign("POST", null, "null", "localhost:8080")).isTrue();
    }

    @Test
    void a_link_on_a_strangers_page_may_be_followed() {
        assertThat(Provenance.isForeign("GET", "cross-site", null, "localhost:8080"))
                .isFalse();
    }
}
