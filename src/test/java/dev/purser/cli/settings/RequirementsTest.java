package dev.purser.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private final Map<String, String> environment = new LinkedHashMap<>(Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db/purser",
            "PURSER_COCALC_URL", "https://cocalc.example/api/v2",
            "PURSER_ACCOUNTS_MAIN_API_KEY", "sk-1",
            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

    @Test
    void all_that_is_lacking_is_named_in_one_message() {
        assertThat(Requirements.lackingIn(Settings.of(Map.of(), Map.of())))
                .hasValueSatisfying(message -> assertThat(message)
                        .contains(
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                "PURSER_COCALC_URL",
                                "PURSER_ACCOUNTS_<NAME>_API_KEY",
                                "KAFKA_BOOTSTRAP_SERVERS",
                                "PURSER_KAFKA_ENABLED=false"));
    }

    @Test
    void nothing_is_lacking_when_all_is_set() {
        assertThat(lacking()).isEmpty();
    }

    @Test
    void only_what_is_lacking_is_named_and_a_blank_value_counts_as_lacking() {
        environment.put("PURSER_COCALC_URL", " ");

        assertThat(lacking())
                .contains("PURSER_COCALC_URL")
                .doesNotContain("QUARKUS_DATASOURCE_JDBC_URL", "API_KEY", "KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void a_key_in_a_file_is_a_key_and_an_account_without_one_is_none() {
        environment.remove("PURSER_ACCOUNTS_MAIN_API_KEY");
        assertThat(lacking()).contains("PURSER_ACCOUNTS_<NAME>_API_KEY");

        environment.put("PURSER_ACCOUNTS_NORTH_CAMPUS_API_KEY_FILE", "/run/secrets/key");
        assertThat(lacking()).isEmpty();
    }

    @Test
    void no_broker_is_needed_where_kafka_is_switched_off() {
        environment.remove("KAFKA_BOOTSTRAP_SERVERS");
        assertThat(lacking()).contains("KAFKA_BOOTSTRAP_SERVERS");

        environment.put("PURSER_KAFKA_ENABLED", "false");
        assertThat(lacking()).isEmpty();
    }

    @Test
    void system_properties_are_as_good_as_the_environment() {
        Settings settings = Settings.of(
                Map.of(),
                Map.of(
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/purser",
                        "purser.cocalc.url", "https://cocalc.example/api/v2",
                        "purser.accounts.main.api-key", "sk-1",
                        "kafka.bootstrap.servers", "kafka:9092"));

        assertThat(Requirements.lackingIn(settings)).isEmpty();
    }

    @Test
    void a_failpoint_in_a_package_for_production_must_be_meant() {
        environment.put("PURSER_FAILPOINT", "checkout.after:1");

        assertThat(refusedForFailpoints(true)).isEmpty();
        assertThat(refusedForFailpoints(false))
                .hasValueSatisfying(message -> assertThat(message).contains("PURSER_FAILPOINT_IN_PRODUCTION=true"));

        environment.put("PURSER_FAILPOINT_IN_PRODUCTION", "true");
        assertThat(refusedForFailpoints(false)).isEmpty();
    }

    private Optional<String> refusedForFailpoints(boolean isForRehearsals) {
        return Requirements.againstFailpoints(Settings.of(environment, Map.of()), isForRehearsals);
    }

    private String lacking() {
        return Requirements.lackingIn(Settings.of(environment, Map.of())).orElse("");
    }
}
