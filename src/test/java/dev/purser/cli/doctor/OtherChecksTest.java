package dev.purser.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherChecksTest {

    @TempDir
    Path dir;

    private static Settings with(String variable, String value) {
        return Settings.of(Map.of(variable, value), Map.of());
    }

    private List<String> drop(String uri) {
        return Looks.of(new DropCheck(with("PURSER_DROP_URI", uri)));
    }

    @Test
    void a_drop_that_is_there_or_can_be_made_is_fine_and_nothing_is_made_yet() throws IOException {
        assertThat(drop("file:" + dir.resolve("a/b/inbox") + "?delay=500"))
                .containsExactly("OK drop: CSV files are taken from " + dir.resolve("a/b/inbox")
                        + ", which is made at the start.");
        assertThat(dir.resolve("a")).doesNotExist();

        Files.createDirectories(dir.resolve("a/b/inbox"));
        assertThat(drop("file:" + dir.resolve("a/b/inbox")))
                .singleElement()
                .asString()
                .endsWith("inbox.");
    }

    @Test
    void a_drop_where_a_file_stands_in_the_way_is_told() throws IOException {
        Files.writeString(dir.resolve("inbox"), "");
        Files.createDirectories(dir.resolve("other/inbox"));
        Files.writeString(dir.resolve("other/results"), "");

        assertThat(drop("file:" + dir.resolve("inbox")))
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED drop: Purser may not write to " + dir.resolve("inbox"));
        assertThat(drop("file:" + dir.resolve("other/inbox")))
                .singleElement()
                .asString()
                .contains("may not write to " + dir.resolve("other/results"));
    }

    @Test
    void a_bucket_is_refused_as_it_is_at_the_start_with_the_way_out() {
        assertThat(drop("aws2-s3:orders?secretKey=canary"))
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED drop: Purser does not start")
                .contains("SFTP gateway")
                .doesNotContain("canary");
    }

    @Test
    void a_drop_on_another_machine_is_left_to_the_start_and_its_password_is_not_printed() {
        assertThat(drop("sftp:me:canary@host/inbox"))
                .singleElement()
                .asString()
                .startsWith("OK drop:")
                .doesNotContain("canary");
    }

    @Test
    void without_a_limit_nothing_is_bought() {
        assertThat(Looks.of(new BudgetCheck(Settings.of(Map.of(), Map.of()))))
                .singleElement()
                .asString()
                .startsWith("WARN budget: No limit is set, so nothing is bought.");
        assertThat(Looks.of(new BudgetCheck(with("PURSER_BUDGET_PER_DAY", "100"))))
                .containsExactly("OK budget: Each purchasing account may spend at most 100 USD per day.");
    }

    @Test
    void who_may_ask_is_told_and_what_keeps_purser_from_listening() {
        Settings settings = with("PURSER_API_TOKENS_FILE", "tokens");

        assertThat(Looks.of(new AccessCheck(settings, Optional.empty())))
                .containsExactly("OK access: Whoever has a token of tokens may ask.");
        assertThat(Looks.of(new AccessCheck(settings, Optional.of("line 3 is not"))))
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED access: line 3 is not");
    }

    @Test
    void a_database_that_is_away_is_told_without_its_password() {
        Settings settings =
                with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://me:canary@127.0.0.1:1/purser?password=canary");

        assertThat(Looks.of(new DatabaseCheck(settings, Clock.systemUTC())))
                .singleElement()
                .asString()
                .startsWith("FAIL database: jdbc:postgresql://127.0.0.1:1/purser does not answer: ")
                .doesNotContain("canary");
    }

    private static String migrations(List<Integer> made, List<Integer> known) {
        Finding finding = MigrationsCheck.compared(new TreeSet<>(made), new TreeSet<>(known));
        return finding.level() + ": " + finding.says();
    }

    @Test
    void migrations_are_all_made_or_will_be_or_cannot_be_any_more_or_are_those_of_another_version() {
        assertThat(migrations(List.of(1, 2), List.of(1, 2))).isEqualTo("OK: All 2 migrations are made.");
        assertThat(migrations(List.of(), List.of(1, 2))).isEqualTo("WARN: Migrations are lacking: [1, 2].");
        assertThat(migrations(List.of(1), List.of(1, 2))).isEqualTo("WARN: Migrations are lacking: [2].");
        assertThat(migrations(List.of(1, 3), List.of(1, 2, 3)))
                .isEqualTo("FAIL: Migrations [2] are lacking although later ones are made, so Purser does not start.");
        assertThat(migrations(List.of(1, 2, 9), List.of(1, 2)))
                .isEqualTo("MISCONFIGURED: It has migrations that this Purser does not know: [9].");
    }

    @Test
    void an_address_of_no_postgresql_is_a_matter_of_configuration() {
        assertThat(Looks.of(new DatabaseCheck(
                        with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:mysql://db/purser"), Clock.systemUTC())))
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED database: QUARKUS_DATASOURCE_JDBC_URL is no address of a PostgreSQL.");
    }

    @Test
    void brokers_that_cannot_be_addressed_are_a_matter_of_configuration_and_none_are_needed_where_kafka_is_off() {
        assertThat(Looks.of(new KafkaCheck(with("KAFKA_BOOTSTRAP_SERVERS", "kafka"))))
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED kafka: KAFKA_BOOTSTRAP_SERVERS cannot be used: ");
        assertThat(Looks.of(new KafkaCheck(with("PURSER_KAFKA_ENABLED", "false"))))
                .singleElement()
                .asString()
                .startsWith("OK kafka: Switched off");
    }

    @Test
    void what_may_be_due_to_the_journey_is_no_difference_of_clocks() {
        Instant before = Instant.parse("2026-11-25T12:00:00Z");
        Instant after = before.plusSeconds(2);

        assertThat(Clocks.between(before.plusSeconds(1), before, after)).isZero();
        assertThat(Clocks.words(Clocks.between(before.minusSeconds(5), before, after)))
                .isEqualTo("5 s behind");
        assertThat(Clocks.words(Clocks.between(after.plusSeconds(7), before, after)))
                .isEqualTo("7 s ahead of");
        assertThat(Clocks.between(after.plusSeconds(7), before, after)).isEqualTo(Duration.ofSeconds(7));
    }
}
