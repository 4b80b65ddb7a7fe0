package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportVerbTest {

    private static final String UPLOAD = "POST /api/v1/imports?name=fall+%C3%A9.csv";
    private static final String LOOK = "GET /api/v1/imports/12";

    private final PretendPurser purser = new PretendPurser();
    private final TypedLine line = new TypedLine().with("QUARKUS_HTTP_PORT", purser.port());

    @TempDir
    Path dir;

    private String file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(dir.resolve("fall é.csv"), "order_id,account_id\na,b\n")
                .toString();
        purser.when(UPLOAD, 202, "{\"id\":12,\"state\":\"READING\"}")
                .when("GET /api/v1/stats", 200, "{\"eta_seconds\":40}");
    }

    @AfterEach
    void stop() {
        purser.close();
    }

    private static String reading(long bytes) {
        return "{\"id\":12,\"file\":\"fall.csv\",\"state\":\"READING\",\"read_at\":null,\"rows\":7,\"bytes\":100,\"bytes_read\":"
                + bytes + ",\"rows_per_second\":70,\"eta_seconds\":1,\"orders\":{}}";
    }

    private static String read(String counts, String orders) {
        return "{\"id\":12,\"file\":\"fall.csv\",\"state\":\"OPEN\",\"read_at\":\"2026-11-25T12:00:00Z\"," + counts
                + ",\"orders\":{" + orders + "}}";
    }

    private static final String FINE = "\"rows\":8,\"accepted\":8,\"duplicate\":0,\"rejected\":0";

    @Test
    void without_waiting_it_tells_the_number_of_the_import() {
        line.type("import", file);

        assertThat(line.exit).isZero();
        assertThat(line.out()).isEqualTo("""
                fall é.csv is import 12.
                How it stands: http://localhost:%s/api/v1/imports/12
                """.formatted(purser.port()));
        assertThat(purser.asked.get(0).mediaType()).isEqualTo("text/csv");
        assertThat(purser.asked.get(0).body()).isEqualTo("order_id,account_id\na,b\n");
    }

    @Test
    void it_waits_while_rows_are_read_and_bought_and_ends_when_all_are_final() {
        purser.when(LOOK, 200, reading(50))
                .when(LOOK, 200, read(FINE, "\"RESOLVED\":5,\"PROVISIONED\":3"))
                .when(LOOK, 200, read(FINE, "\"RESOLVED\":0,\"PROVISIONED\":8"));

        line.type("import", file, "--wait");

        assertThat(line.exit).isZero();
        assertThat(line.out()).isEqualTo("""
                fall.csv, import 12: 8 rows, 8 accepted, 0 duplicate, 0 rejected
                8 provisioned
                Each row: http://localhost:%s/api/v1/imports/12/results.csv
                """.formatted(purser.port()));
        assertThat(line.err())
                .isEqualTo("[############............]  50 %  import 12: 7 rows read, 70 a second, about 1 s left\n");
    }

    private int exitWith(String counts, String orders) {
        try (PretendPurser ended = new PretendPurser()) {
            ended.when(UPLOAD, 202, "{\"id\":12}")
                    .when("GET /api/v1/stats", 200, "{}")
                    .when(
                            "GET /api/v1/orders?state=UNKNOWN&limit=500&import=12",
                            200,
                            "{\"items\":[{\"code\":\"unknown_parked\"}]}")
                    .when(LOOK, 200, read(counts, orders));
            return line.type("import", file, "--wait", "--json", "--url", ended.url()).exit;
        }
    }

    @Test
    void the_exit_code_tells_the_worst_of_what_is_left() {
        String rejected = "\"rows\":9,\"accepted\":8,\"duplicate\":0,\"rejected\":1";

        assertThat(exitWith(FINE, "\"PROVISIONED\":8")).isZero();
        assertThat(exitWith(rejected, "\"PROVISIONED\":8")).isEqualTo(2);
        assertThat(exitWith(FINE, "\"PROVISIONED\":7,\"FAILED\":1")).isEqualTo(2);
        assertThat(exitWith(rejected, "\"PROVISIONED\":7,\"HELD\":1")).isEqualTo(3);
        assertThat(exitWith(rejected, "\"PROVISIONED\":6,\"HELD\":1,\"UNKNOWN\":1"))
                .isEqualTo(4);
        assertThat(line.json().path("exit_code").asInt()).isEqualTo(4);
        assertThat(line.json().at("/orders/HELD").asInt()).isEqualTo(1);
    }

    @Test
    void an_unknown_order_is_waited_for_until_a_person_is_told_of_it() {
        String unknown = "GET /api/v1/orders?state=UNKNOWN&limit=500&import=12";
        purser.when(LOOK, 200, read(FINE, "\"PROVISIONED\":7,\"UNKNOWN\":1"))
                .when(unknown, 200, "{\"items\":[{\"code\":\"checkout_unknown\"}]}")
                .when(unknown, 200, "{\"items\":[{\"code\":\"unknown_parked\"}]}");

        line.type("import", file, "--wait");

        assertThat(line.exit).isEqualTo(4);
        assertThat(purser.questions()).filteredOn(unknown::equals).hasSize(2);
    }

    @Test
    void the_same_bytes_again_wait_for_the_orders_of_their_first_import() {
        purser.when(LOOK, 200, read("\"repeats\":9,\"rows\":8,\"accepted\":0,\"duplicate\":8,\"rejected\":0", ""))
                .when(
                        "GET /api/v1/imports/9",
                        200,
                        "{\"state\":\"OPEN\",\"orders\":{\"RESOLVED\":1,\"PROVISIONED\":7}}")
                .when("GET /api/v1/imports/9", 200, "{\"state\":\"COMPLETE\",\"orders\":{\"PROVISIONED\":8}}");

        line.type("import", file, "--wait");

        assertThat(line.exit).isZero();
        assertThat(line.out())
                .contains("The same bytes were import 9; its orders are those that count:\n8 provisioned\n");
    }

    @Test
    void a_file_of_commands_is_waited_for_until_each_is_answered() {
        purser.when(LOOK, 200, read(FINE, ""))
                .when(LOOK, 200, read(FINE, ""))
                .when(LOOK, 200, read(FINE, "").replace("OPEN", "COMPLETE"));

        line.type("import", file, "--wait");

        assertThat(line.exit).isZero();
        assertThat(purser.questions()).filteredOn(LOOK::equals).hasSize(3);
    }

    @Test
    void a_file_in_quarantine_fails_with_its_reason() {
        purser.when(LOOK, 200, "{\"id\":12,\"state\":\"QUARANTINED\",\"reason\":\"Line 1 is no header.\"}");

        line.type("import", file, "--wait");

        assertThat(line.exit).isEqualTo(1);
        assertThat(line.err())
                .contains("Purser cannot take this file as orders: Line 1 is no header. It lies in quarantine");
    }

    @Test
    void json_and_what_is_not_there_are_no_imports() throws IOException {
        String json = Files.writeString(dir.resolve("orders.json"), "[]").toString();

        assertThat(line.type("import", json).exit).isEqualTo(1);
        assertThat(line.err()).contains("is JSON. An import is a CSV");
        assertThat(line.type("import", dir.resolve("none.csv").toString()).exit).isEqualTo(1);
        assertThat(line.type("import", dir.toString()).exit).isEqualTo(1);
        assertThat(line.err()).contains("is a folder.");
        assertThat(line.type("import").exit).isEqualTo(64);
        assertThat(purser.questions()).isEmpty();
    }
}
