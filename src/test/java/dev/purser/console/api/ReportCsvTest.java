package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.reconciliation.Finding;
import dev.purser.reconciliation.ReportRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportCsvTest {

    private static final UUID LICENSE = UUID.fromString("5ea7ca5e-0000-4000-8000-000000000001");

    @Test
    void the_columns_are_those_of_the_contract_and_the_last_line_is_the_sum() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReportCsv csv = new ReportCsv(out)) {
            csv.accept(matched("o-1", "fall", null));
            csv.accept(new ReportRow(
                    Finding.REFUND_OR_CREDIT,
                    null,
                    null,
                    "main",
                    null,
                    8L,
                    null,
                    null,
                    null,
                    -10000L,
                    -10000,
                    new BigDecimal("-100"),
                    null,
                    null,
                    null,
                    Instant.parse("2026-11-02T10:00:00Z"),
                    null,
                    null));
            csv.total();
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                class,order_id,campaign,purchasing_account,cart_item_id,purchase_id,license_id,ordered_cents,quoted_cents,\
                billed_cents,diff_cents,raw_cost,rule,period_ordered,period_billed,purchase_time,age_days,note
                MATCHED,o-1,fall,main,3,7,5ea7ca5e-0000-4000-8000-000000000001,1398,1398,1398,0,13.98,cart_item,monthly,\
                2026-11-02T00:00:00Z/2026-12-01T23:59:59.999Z,2026-11-02T09:00:00Z,23,
                REFUND_OR_CREDIT,,,main,,8,,,,-10000,-10000,-100,,,,2026-11-02T10:00:00Z,,
                TOTAL,,,,,,,1398,1398,-8602,-10000,,,,,,,2 lines
                """);
    }

    @Test
    void what_a_spreadsheet_would_run_is_text_and_a_negative_number_stays_one() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReportCsv csv = new ReportCsv(out)) {
            csv.accept(matched("-2+3", "=cmd|' /C calc'!A0", "@note\nof two lines"));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("MATCHED,'-2+3,'=cmd|' /C calc'!A0,main")
                .endsWith(",\"'@note\nof two lines\"\n");
    }

    private static ReportRow matched(String orderId, String campaign, String note) {
        return new ReportRow(
                Finding.MATCHED,
                orderId,
                campaign,
                "main",
                3L,
                7L,
                LICENSE,
                1398L,
                1398L,
                1398L,
                0,
                new BigDecimal("13.98"),
                "cart_item",
                "monthly",
                "2026-11-02T00:00:00Z/2026-12-01T23:59:59.999Z",
                Instant.parse("2026-11-02T09:00:00Z"),
                23,
                note);
    }
}
