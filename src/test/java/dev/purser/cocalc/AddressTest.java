package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void https_goes_anywhere_and_http_only_to_this_machine() {
        assertThat(Address.of("https://cocalc.com/api/v2")).hasToString("https://cocalc.com/api/v2");
        assertThat(Address.of("http://localhost:8081/api/v2/")).hasToString("http://localhost:8081/api/v2");
        assertThat(Address.of("http://127.0.0.1:8081/api/v2")).hasToString("http://127.0.0.1:8081/api/v2");
        assertThat(Address.of("http://[::1]:8081/api/v2")).hasToString("http://[::1]:8081/api/v2");

        for (String url : new String[] {
            "http://cocalc.com/api/v2",
            "http://127.0.0.1.example.org/api/v2",
            "http://localhost.example.org/",
            "http://127.evil/",
            "ftp://localhost/",
            "HTTP://cocalc.com"
        }) {
            refused(url, "must be https");
        }
    }

    @Test
    void an_address_is_scheme_host_and_path_only() {
        refused("https://key@cocalc.com/api/v2", "must be scheme, host and path only");
        refused("https://cocalc.com/api/v2?x=1", "must be scheme, host and path only");
        refused("https://cocalc.com/api/v2#x", "must be scheme, host and path only");
        refused("cocalc.com/api/v2", "must be scheme, host and path only");
        refused("https:///api/v2", "must be scheme, host and path only");
        refused("https://co calc.com", "is no address");
        refused("", "is not set");
    }

    @Test
    void without_an_account_no_address_is_needed_and_with_one_it_is() {
        assertThat(Address.of(TestDoor.config(null, Dialect.AUTO), TestDoor.keys(Map.of()))
                        .url())
                .contains(".invalid");
        assertThatThrownBy(() -> Address.of(
                        TestDoor.config(null, Dialect.AUTO),
                        TestDoor.keys(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY", TestDoor.KEY))))
                .hasMessageContaining("PURSER_COCALC_URL is not set");
    }

    private static void refused(String url, String why) {
        assertThatThrownBy(() -> Address.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PURSER_COCALC_URL " + why)
                .hasMessageNotContaining("key@");
    }
}
