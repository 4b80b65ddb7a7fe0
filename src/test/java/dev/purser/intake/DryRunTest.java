package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {

    private static final String HEADER =
            "order_id,account_id,user,run_limit,ram,cpu,disk,member,uptime,period,start,end\n";
    private static final String ACCOUNT = "5ea7ca5e-0000-4000-8000-000000000001";

    private final DryRun dryRun = new DryRun(Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC), true);

    @TempDir
    Path folder;

    @Test
    void each_row_has_all_its_errors_at_once() throws IOException {
        DryRun.Sheet sheet = csv(HEADER + row("good", "1", "4") + row("bad", "-1", "99"));

        assertThat(sheet.flaw()).isNull();
        assertThat(sheet.entries()).extracting(DryRun.Entry::orderId).containsExactly("good", "bad");
        assertThat(sheet.entries().get(0).checked()).isInstanceOf(Checked.Valid.class);
        assertThat(sheet.entries().get(1).checked())
                .isInstanceOfSatisfying(Checked.Invalid.class, invalid -> assertThat(invalid.errors())
                        .extracting(FieldError::field)
                        .containsExactly("run_limit", "ram"));
    }

    @Test
    void an_order_that_stands_twice_is_one_order_and_with_other_content_an_error() throws IOException {
        DryRun.Sheet sheet = csv(HEADER + row("o", "1", "4") + row("o", "1", "4") + row("o", "2", "4"));

        assertThat(sheet.entries()).extracting(DryRun.Entry::duplicate).containsExactly(false, true, false);
        assertThat(sheet.entries().get(2).checked())
                .isInstanceOfSatisfying(Checked.Invalid.class, invalid -> assertThat(invalid.message())
                        .contains("order_id", "other content"));
    }

    @Test
    void a_file_that_is_no_csv_of_orders_says_why() throws IOException {
        assertThat(csv("name,price\nx,1\n").flaw()).contains("no header");
    }

    @Test
    void json_is_one_order_or_an_array() throws IOException {
        assertThat(json("{}").entries()).hasSize(1);
        assertThat(json("[{},7]").entries()).hasSize(2).allSatisfy(entry -> assertThat(entry.checked())
                .isInstanceOf(Checked.Invalid.class));
        assertThat(json("[").flaw()).contains("no JSON");
        assertThat(json("").flaw()).isNotNull();
        assertThat(json("7").flaw()).contains("array");
    }

    private DryRun.Sheet csv(String text) throws IOException {
        return dryRun.ofCsv(Files.writeString(folder.resolve("orders.csv"), text));
    }

    private DryRun.Sheet json(String text) throws IOException {
        return dryRun.ofJson(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(String orderId, String runLimit, String ram) {
        return orderId + "," + ACCOUNT + ",academic," + runLimit + "," + ram
                + ",1,3,true,short,range,2031-01-01,2031-06-30\n";
    }
}
