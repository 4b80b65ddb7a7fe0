package dev.purser.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cli.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {

    private final Map<String, String> environment = new LinkedHashMap<>(Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db/purser",
            "PURSER_COCALC_URL", "https://cocalc.example/api/v2",
            "PURSER_ACCOUNTS_MAIN_API_KEY", "sk-1",
            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

    private List<String> look() {
        return Looks.of(new ConfigurationCheck(Settings.of(environment, Map.of())));
    }

    @Test
    void nothing_is_wrong_with_what_is_set_and_can_be_read() {
        environment.put("PURSER_LEASE", "45s");
        environment.put("PURSER_BUDGET_PER_DAY", "1000");
        environment.put("PURSER_THROTTLE", "off");

        assertThat(look()).containsExactly("OK configuration: All that must be set is set and can be read.");
    }

    @Test
    void what_is_lacking_is_named_with_what_to_set() {
        environment.remove("PURSER_COCALC_URL");

        assertThat(look())
                .singleElement()
                .asString()
                .startsWith(
                        "MISCONFIGURED configuration: PURSER_COCALC_URL is not set. → Set it to the API to buy from");
    }

    @Test
    void what_cannot_be_read_is_named_with_what_it_must_look_like_and_never_printed() {
        environment.put("PURSER_BATCH", "canary");
        environment.put("PURSER_BUDGET_PER_DAY", "-1");
        environment.put("PURSER_LEASE", "long");
        environment.put("PURSER_COCALC_DIALECT", "old");

        assertThat(look())
                .containsExactlyInAnyOrder(
                        "MISCONFIGURED configuration: PURSER_BATCH cannot be read. → It must be a whole number.",
                        "MISCONFIGURED configuration: PURSER_BUDGET_PER_DAY cannot be read. → It must be an amount in USD such as 100.00.",
                        "MISCONFIGURED configuration: PURSER_LEASE cannot be read. → It must be a duration such as PT30S.",
                        "MISCONFIGURED configuration: PURSER_COCALC_DIALECT cannot be read. → It must be living, documented or auto.");
    }

    @Test
    void the_rules_of_buying_are_those_of_the_start() {
        environment.put("PURSER_LEASE", "PT5S");

        assertThat(look())
                .containsExactly(
                        "MISCONFIGURED configuration: PURSER_LEASE must be longer than PURSER_COCALC_TIMEOUT and two"
                                + " seconds. → Set it so, or leave it unset.");

        environment.remove("PURSER_LEASE");
        environment.put("PURSER_THROTTLE", "3,15");
        assertThat(look()).singleElement().asString().contains("PURSER_THROTTLE must be off or three numbers");
    }

    @Test
    void a_limit_whose_name_is_misspelled_is_no_limit_so_it_is_told() {
        environment.put("PURSER_BUDGET_PERDAY", "100");
        environment.put("PURSER_SOMETHING_QUITE_ELSE", "1");

        assertThat(look())
                .containsExactly(
                        "WARN configuration: PURSER_BUDGET_PERDAY is set, which nothing reads. → Perhaps PURSER_BUDGET_PER_DAY is meant.");
    }

    @Test
    void a_failpoint_is_told() {
        environment.put("PURSER_FAILPOINT", "checkout.after:1");

        assertThat(look()).singleElement().asString().startsWith("WARN configuration: PURSER_FAILPOINT is set");
    }

    @Test
    void every_known_setting_is_called_as_its_variable_says() {
        for (Known known : Known.values()) {
            assertThat(known.variable()).isEqualTo(known.name());
        }
    }
}
