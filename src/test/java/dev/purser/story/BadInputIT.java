package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BadInputIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString();

    private String row(String name) {
        return ADropFolder.row("bad-" + name + "-" + run, customer);
    }

    @Test
    void bad_rows_are_told_by_their_line_bad_files_by_their_reason_and_the_good_rows_are_bought() {
        String file = ADropFolder.HEADER
                + row("good-1")
                + row("negative").replace(",1,4,1,3,", ",-1,4,1,3,")
                + row("reversed").replace("2031-07-01", "2030-07-01")
                + row("nobody").replace(customer, UUID.randomUUID().toString())
                + row("long").replace("Calculus 101", "x".repeat(10_000_000))
                + "one,two\n"
                + row("good-2")
                + "bad-cut-" + run + ",\"" + customer;
        try (PurserProcess purser = PurserProcess.of(parts, "bad-input")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .start()) {
            ADropFolder inbox = purser.inbox();
            inbox.drop("mixed.csv", file);
            inbox.drop("utf16.csv", (ADropFolder.HEADER + row("utf16")).getBytes(StandardCharsets.UTF_16));
            inbox.drop("headless.csv", row("headless"));
            inbox.drop("called otherwise.txt", ADropFolder.HEADER + row("otherwise"));
            inbox.drop("called otherwise.txt.done", "");
            inbox.drop("half.csv.part", ADropFolder.HEADER + row("half"));

            purser.awaitState("bad-good-1-" + run, "PROVISIONED");
            purser.awaitState("bad-good-2-" + run, "PROVISIONED");
            JsonNode summary = inbox.awaitSummary("mixed");
            String results = inbox.awaitResult("mixed.results.csv");

            assertThat(results)
                    .contains("line 3: run_limit: must be a whole number from 1 to 100000")
                    .contains("line 4: end: must be after start")
                    .contains("line 6: title: must have at most")
                    .contains("line 7: the row has 2 cells, the header 14")
                    .contains("line 9: the file ends inside a quoted cell");
            assertThat(summary.path("rows").asInt()).isEqualTo(8);
            assertThat(summary.path("accepted").asInt()).isEqualTo(3);
            assertThat(summary.path("rejected").asInt()).isEqualTo(5);
            assertThat(summary.at("/outcomes/provisioned").asInt()).isEqualTo(2);
            assertThat(summary.at("/outcomes/rejected").asInt()).isEqualTo(1);
            JsonNode nobody = purser.order("bad-nobody-" + run);
            assertThat(nobody.path("code").asText()).isEqualTo("unknown_account");
            assertThat(nobody.path("completed_at").isTextual()).isTrue();
            assertThat(nobody.path("history").findValuesAsText("to")).containsExactly("RECEIVED", "REJECTED");
            assertThat(parts.outcomes()
                            .awaitEvents("bad-nobody-" + run, "dev.purser.order.rejected.v1")
                            .get(1)
                            .data())
                    .contains("\"code\":\"unknown_account\"", "CoCalc knows no account", "\"attempt\":1");
            assertThat(inbox.awaitResult("mixed.errors.csv"))
                    .startsWith(ADropFolder.HEADER)
                    .contains("bad-negative-", "bad-nobody-", "one,two\n")
                    .doesNotContain("bad-good");
            assertThat(inbox.awaitFile("quarantine", "utf16.csv.reason.txt")).contains("UTF-16");
            assertThat(inbox.awaitFile("quarantine", "headless.csv.reason.txt")).contains("Line 1 is no header");
            assertThat(inbox.awaitFile("quarantine", "called otherwise.txt.reason.txt"))
                    .contains("does not end in .csv");
            assertThat(inbox.awaitFile("quarantine", "called otherwise.txt")).contains(row("otherwise"));
            assertThat(inbox.awaitFile("inbox", "half.csv.part")).contains(row("half"));
        }
    }

    @Test
    void an_event_that_is_no_order_becomes_a_dead_letter_and_the_next_one_is_bought() {
        String good = "bad-event-" + run;
        OrdersTopic topic = parts.orders();
        try (PurserProcess purser = PurserProcess.of(parts, "bad-events")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .start()) {
            topic.send(good, "{\"order_id\":");
            topic.send(good, null);
            topic.send(good, OrdersTopic.order(good, customer).replace("\"run_limit\":1", "\"run_limit\":-1"));
            topic.send(good, OrdersTopic.order(good, customer));

            purser.awaitState(good, "PROVISIONED");

            assertThat(ledger.purchasesOf(good)).hasSize(1);
            assertThat(
                            purser.ask(
                                    "select string_agg(reason, '|' order by id) from dead_letter where published_at is not null"))
                    .isEqualTo("value: is no JSON that can be read (line 1, column 13)"
                            + "|value: is null (a tombstone); send an event, or bare JSON data"
                            + "|/license/run_limit: must be a whole number from 1 to 100000");
        }
    }
}
