package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileVerbTest {

    private static final String START = "POST /api/v1/reconciliations";
    private static final String RUN = "GET /api/v1/reconciliations/7";
    private static final String CLOSE = "POST /api/v1/months/2026-11/close";

    private final PretendPurser purser = new PretendPurser();
    private final TypedLine line = new TypedLine().with("QUARKUS_HTTP_PORT", purser.port());

    @AfterEach
    void stop() {
        purser.close();
    }

    private static String run(String state, String more) {
        return "{\"id\":7,\"state\":\"" + state
                + "\",\"from\":null,\"to\":null,\"phase\":\"LEDGER\",\"lines_pulled\":100,\"lines_to_pull\":400,\"eta_seconds\":12,\"discrepancies\":0,\"totals\":{}"
                + more + "}";
    }

    private static String compared(int discrepancies) {
        return ",\"discrepancies\":" + discrepancies + """
                ,"totals":{"MATCHED":{"count":40,"ordered_cents":1398000,"billed_cents":1398000,"diff_cents":0},
                           "BILLED_TWICE":{"count":1,"ordered_cents":0,"billed_cents":1398,"diff_cents":1398},
                           "RENEWAL":{"count":0,"ordered_cents":0,"billed_cents":0,"diff_cents":0}},
                "total":{"count":41,"ordered_cents":1398000,"billed_cents":1399398,"diff_cents":1398}""";
    }

    private void stats(int unknown) {
        purser.when("GET /api/v1/stats", 200, "{\"unknown\":" + unknown + "}");
    }

    @Test
    void a_run_is_followed_to_its_end_and_its_totals_foot() {
        purser.when(START, 202, run("RUNNING", ""))
                .when(RUN, 200, run("RUNNING", ""))
                .when(RUN, 200, run("COMPLETED", compared(1)));
        stats(0);

        line.type("reconcile");

        assertThat(line.exit).isEqualTo(2);
        assertThat(line.out()).isEqualTo("""
                class         lines   ordered    billed  difference
                MATCHED          40  13980.00  13980.00        0.00
                BILLED_TWICE      1      0.00     13.98       13.98
                TOTAL            41  13980.00  13993.98       13.98
                1 rows differ (USD); each is in http://localhost:%s/api/v1/reconciliations/7/report.csv
                """.formatted(purser.port()));
        assertThat(line.err())
                .isEqualTo(
                        "[######..................]  25 %  reconciliation 7: ledger, 100 of 400 lines, about 12 s left\n");
        assertThat(purser.asked.get(0).body()).isEqualTo("{}");
    }

    @Test
    void unknown_orders_that_are_left_end_with_4_and_nothing_that_differs_with_0() {
        purser.when(START, 202, run("COMPLETED", compared(1)));
        stats(3);
        assertThat(line.type("reconcile").exit).isEqualTo(4);
        assertThat(line.out()).contains("3 orders are UNKNOWN");

        try (PretendPurser fine = new PretendPurser()) {
            fine.when(START, 202, run("COMPLETED", compared(0))).when("GET /api/v1/stats", 200, "{\"unknown\":0}");
            assertThat(line.type("reconcile", "--url", fine.url(), "--json").exit)
                    .isZero();
            assertThat(line.json().at("/reconciliation/total/count").asInt()).isEqualTo(41);
            assertThat(line.json().path("exit_code").asInt()).isZero();
        }
    }

    @Test
    void a_ledger_that_could_not_be_read_whole_fails_with_the_reason() {
        purser.when(START, 202, run("PULL_INCOMPLETE", ",\"reason\":\"page 3 was lost\""));

        line.type("reconcile");

        assertThat(line.exit).isEqualTo(1);
        assertThat(line.err()).contains("could not read the whole ledger, so it concluded nothing: page 3 was lost.");
    }

    private static String month(String more) {
        return run("COMPLETED", compared(0) + more)
                .replace("\"from\":null,\"to\":null", "\"from\":\"2026-11-01\",\"to\":\"2026-11-30\"");
    }

    @Test
    void a_month_is_reconciled_and_then_closed() {
        purser.when(START, 202, month("")).when(CLOSE, 200, "{\"month\":\"2026-11\",\"lines\":41,\"hash\":\"ab12\"}");
        stats(0);

        line.type("reconcile", "--month", "2026-11", "--close");

        assertThat(line.exit).isZero();
        assertThat(line.out()).contains("Nothing differs (USD).\n2026-11 is closed: 41 lines, hash ab12\n");
        assertThat(purser.asked.get(0).body()).isEqualTo("{\"from\":\"2026-11-01\",\"to\":\"2026-11-30\"}");
    }

    @Test
    void a_run_of_other_days_is_waited_for_and_then_ours_begins() {
        purser.when(START, 202, run("RUNNING", ""))
                .when(START, 202, month(""))
                .when(RUN, 200, run("COMPLETED", compared(0)));
        purser.when(CLOSE, 200, "{}");
        stats(0);

        assertThat(line.type("reconcile", "--month", "2026-11", "--close").exit).isZero();

        assertThat(purser.questions()).containsExactly(START, RUN, START, "GET /api/v1/stats", CLOSE);
    }

    @Test
    void a_month_that_may_not_be_closed_yet_says_why_and_ends_as_what_is_left() {
        purser.when(START, 202, month("")).when(CLOSE, 409, "{\"detail\":\"2 orders are in flight\"}");
        stats(0);
        assertThat(line.type("reconcile", "--month", "2026-11", "--close").exit).isEqualTo(1);
        assertThat(line.err()).contains("2026-11 is not closed. 2 orders are in flight");

        stats(1);
        line.type("reconcile", "--month", "2026-11", "--close", "--json");
        line.type("reconcile", "--month", "2026-11", "--close", "--json");
        assertThat(line.exit).isEqualTo(4);
        assertThat(line.json().path("error").asText()).isEqualTo("2 orders are in flight");
        assertThat(line.json().at("/reconciliation/id").asInt()).isEqualTo(7);
    }

    @Test
    void a_month_is_sealed_only_when_that_is_asked_for() {
        purser.when(START, 202, month(""));
        stats(0);

        assertThat(line.type("reconcile", "--month", "2026-11").exit).isZero();

        assertThat(purser.questions()).doesNotContain(CLOSE);
        assertThat(line.type("reconcile", "--close").exit).isEqualTo(64);
        assertThat(line.err()).contains("--close needs the month to seal");
    }

    @Test
    void what_is_no_month_is_a_usage_error() {
        line.type("reconcile", "--month", "11/2026");

        assertThat(line.exit).isEqualTo(64);
        assertThat(line.err()).contains("a month is written as in 2026-11");
    }
}
