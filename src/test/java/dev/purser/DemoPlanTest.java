package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cli.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoPlanTest {

    @Test
    void on_a_bare_machine_everything_is_brought_along_on_the_ports_of_the_contract() {
        DemoPlan plan = plan(Map.of());

        assertThat(plan.postgres().ours()).isTrue();
        assertThat(plan.postgres().port().number()).isEqualTo(15432);
        assertThat(plan.kafka().ours()).isTrue();
        assertThat(plan.kafka().port().number()).isEqualTo(19092);
        assertThat(plan.sandbox().ours()).isTrue();
        assertThat(plan.sandbox().port().number()).isEqualTo(8081);
        assertThat(plan.http().number()).isEqualTo(8080);
        assertThat(plan.samples()).isTrue();
        assertThat(plan.exit()).isFalse();
    }

    @Test
    void each_variable_that_is_set_replaces_the_part_it_names_and_no_other() {
        assertThat(plan(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db/purser")))
                .satisfies(plan -> {
                    assertThat(plan.postgres().ours()).isFalse();
                    assertThat(plan.kafka().ours()).isTrue();
                    assertThat(plan.sandbox().ours()).isTrue();
                });
        assertThat(plan(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")).kafka().ours())
                .isFalse();
        assertThat(plan(Map.of("PURSER_KAFKA_ENABLED", "false")).kafka().ours()).isFalse();
    }

    @Test
    void samples_reach_a_cocalc_that_is_not_ours_only_when_that_is_asked_for() {
        String url = "https://cocalc.example/api/v2";

        assertThat(plan(Map.of("PURSER_COCALC_URL", url)).sandbox().ours()).isFalse();
        assertThat(plan(Map.of("PURSER_COCALC_URL", url)).samples()).isFalse();
        assertThat(plan(Map.of("PURSER_COCALC_URL", url, "PURSER_DEMO_SAMPLES", "true"))
                        .samples())
                .isTrue();
        assertThat(plan(Map.of("PURSER_DEMO_SAMPLES", "false")).samples()).isFalse();
    }

    @Test
    void a_cocalc_without_a_key_to_buy_with_is_refused() {
        Settings settings = Settings.of(Map.of("PURSER_COCALC_URL", "https://cocalc.example/api/v2"), Map.of());

        assertThat(DemoPlan.of(settings).refusal(settings))
                .hasValueSatisfying(reason -> assertThat(reason).contains("PURSER_ACCOUNTS_MAIN_API_KEY"));
    }

    @Test
    void a_port_that_is_taken_is_refused_by_the_variable_that_moves_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Settings settings = Settings.of(
                    Map.of("PURSER_EMBEDDED_KAFKA_PORT", port, "PURSER_EMBEDDED_POSTGRES_PORT", "many"), Map.of());

            assertThat(DemoPlan.of(settings).refusal(settings)).hasValueSatisfying(reason -> assertThat(reason)
                    .contains("Port " + port + " is taken", "PURSER_EMBEDDED_KAFKA_PORT")
                    .contains("PURSER_EMBEDDED_POSTGRES_PORT: 'many' is no port"));
        }
    }

    private static DemoPlan plan(Map<String, String> environment) {
        return DemoPlan.of(Settings.of(environment, Map.of()));
    }
}
