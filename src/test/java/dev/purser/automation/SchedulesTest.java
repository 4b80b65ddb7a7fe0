package dev.purser.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulesTest {

    private static final String PROJECT = "{\"project_id\":\"3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23\"}";

    private static List<Schedule> read(Map<String, String> environment) {
        return Schedules.read(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .build());
    }

    @Test
    void a_schedule_is_three_variables_and_its_name_may_have_underscores() {
        Schedule schedule = read(Map.of(
                        "PURSER_SCHEDULES_STOP_CLASS_CRON", "0 30 2 * * ?",
                        "PURSER_SCHEDULES_STOP_CLASS_VERB", "project.stop",
                        "PURSER_SCHEDULES_STOP_CLASS_DATA", PROJECT))
                .get(0);

        assertThat(schedule.name()).isEqualTo("stop_class");
        assertThat(schedule.between(Instant.parse("2026-11-25T02:30:00Z"), Instant.parse("2026-11-27T02:30:00Z")))
                .containsExactly(Instant.parse("2026-11-26T02:30:00Z"), Instant.parse("2026-11-27T02:30:00Z"));
        Request request = schedule.at(Instant.parse("2026-11-26T02:30:00Z"));
        assertThat(request.id()).isEqualTo("schedule/stop_class/2026-11-26T02:30:00Z");
        assertThat(request.source()).isEqualTo("schedule:stop_class");
    }

    @Test
    void what_cannot_be_meant_stops_the_start_and_names_the_variable() {
        assertThatThrownBy(() -> read(Map.of("PURSER_SCHEDULES_A_CRON", "0 0 * * * ?")))
                .hasMessageStartingWith("PURSER_SCHEDULES_A_VERB is not set");
        assertThatThrownBy(() -> read(
                        Map.of("PURSER_SCHEDULES_A_CRON", "0 0 * * * ?", "PURSER_SCHEDULES_A_VERB", "project.start")))
                .hasMessageStartingWith("PURSER_SCHEDULES_A_VERB must be one of account.email");
        assertThatThrownBy(() -> read(
                        Map.of("PURSER_SCHEDULES_A_CRON", "0 0 * * * ?", "PURSER_SCHEDULES_A_VERB", "project.stop")))
                .hasMessageContaining("PURSER_SCHEDULES_A_DATA: /data/project_id: is required");
        assertThatThrownBy(() -> read(Map.of(
                        "PURSER_SCHEDULES_A_CRON",
                        "30 2 * * *",
                        "PURSER_SCHEDULES_A_VERB",
                        "licenses.list",
                        "PURSER_SCHEDULES_A_DATA",
                        "{}")))
                .hasMessageStartingWith("PURSER_SCHEDULES_A_CRON must be a Quartz cron expression")
                .hasMessageContaining("seconds in front");
    }
}
