package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.LicenseSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SpecJsonTest {

    static final LicenseSpec RANGE = new LicenseSpec(
            LicenseSpec.User.ACADEMIC,
            2,
            4,
            1,
            3,
            true,
            LicenseSpec.Uptime.ALWAYS_RUNNING,
            false,
            LicenseSpec.Period.RANGE,
            Instant.parse("2026-12-01T00:00:00Z"),
            Instant.parse("2026-12-31T23:59:59.999Z"),
            "Calculus 101",
            "section 2\npurser:main:A-1");

    private static final LicenseSpec MONTHLY = new LicenseSpec(
            LicenseSpec.User.BUSINESS,
            1,
            16,
            2,
            10,
            false,
            LicenseSpec.Uptime.MEDIUM,
            true,
            LicenseSpec.Period.MONTHLY,
            null,
            null,
            null,
            "purser:main:A-2");

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_license_is_written_as_the_recordings_have_it() throws IOException {
        assertThat(SpecJson.write(RANGE, "section 2\npurser:main:A-1")).isEqualTo(JSON.readTree("""
                {"type":"quota","user":"academic","ram":4,"cpu":1,"disk":3,"member":true,"uptime":"always_running","boost":false,
                 "run_limit":2,"period":"range","range":["2026-12-01T00:00:00.000Z","2026-12-31T23:59:59.999Z"],
                 "title":"Calculus 101","description":"section 2\\npurser:main:A-1"}"""));
        assertThat(SpecJson.write(MONTHLY, "purser:main:A-2")).isEqualTo(JSON.readTree("""
                {"type":"quota","user":"business","ram":16,"cpu":2,"disk":10,"member":false,"uptime":"medium","boost":true,
                 "run_limit":1,"period":"monthly","description":"purser:main:A-2"}"""));
    }

    @Test
    void what_was_written_reads_as_the_same_license() {
        assertThat(SpecJson.read(SpecJson.write(RANGE, "section 2\npurser:main:A-1")))
                .contains(RANGE);
        assertThat(SpecJson.read(SpecJson.write(MONTHLY, "purser:main:A-2"))).contains(MONTHLY);
    }

    @Test
    void time_finer_than_a_millisecond_is_cut() {
        LicenseSpec fine = new LicenseSpec(
                RANGE.user(),
                1,
                1,
                1,
                1,
                true,
                RANGE.uptime(),
                false,
                RANGE.period(),
                Instant.parse("2026-12-01T00:00:00.123999Z"),
                RANGE.end(),
                null,
                null);

        assertThat(SpecJson.write(fine, "").path("range").path(0).textValue()).isEqualTo("2026-12-01T00:00:00.123Z");
    }

    @Test
    void an_item_that_differs_in_anything_from_what_we_could_write_is_no_license_of_ours() {
        reads_as_none(json -> json.put("type", "vm"));
        reads_as_none(json -> json.remove("type"));
        reads_as_none(json -> json.put("user", "student"));
        reads_as_none(json -> json.put("user", "ACADEMIC"));
        reads_as_none(json -> json.put("run_limit", "2"));
        reads_as_none(json -> json.put("run_limit", 1.5));
        reads_as_none(json -> json.put("ram", 1L << 40));
        reads_as_none(json -> json.putNull("cpu"));
        reads_as_none(json -> json.remove("disk"));
        reads_as_none(json -> json.put("member", "true"));
        reads_as_none(json -> json.remove("boost"));
        reads_as_none(json -> json.put("uptime", "always"));
        reads_as_none(json -> json.put("period", "weekly"));
        reads_as_none(json -> json.put("period", "monthly"));
        reads_as_none(json -> json.put("range", "2026-12-01"));
        reads_as_none(json -> json.remove("range"));
        reads_as_none(json -> json.withArray("range").add("2027-01-01T00:00:00.000Z"));
        reads_as_none(json -> json.withArray("range").removeAll().addNull().addNull());
        reads_as_none(
                json -> json.withArray("range").removeAll().add("2026-12-01").add("2026-12-31"));
        reads_as_none(json -> json.put("title", 7));
        reads_as_none(json -> json.putObject("description"));
        reads_as_none(json -> json.put("always_running", true));
    }

    private static void reads_as_none(Consumer<ObjectNode> change) {
        ObjectNode json = SpecJson.write(RANGE, "text");
        change.accept(json);
        assertThat(SpecJson.read(json)).as(json.toString()).isEmpty();
    }
}
