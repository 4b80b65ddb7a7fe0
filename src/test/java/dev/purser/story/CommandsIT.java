package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is asked of Purser beside orders. One process answers all but the story in which it is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String run = UUID.randomUUID().toString();
    private final String buyer = UUID.randomUUID().toString();
    private final String key = ledger.newKeyOf(buyer);
    private final CommandsTopic topic = new CommandsTopic(parts.brokers());
    private final ResultsTopic results = new ResultsTopic(parts.brokers());

    private final PurserProcess purser = PurserProcess.of(parts, "commands")
            .with("PURSER_ACCOUNTS_MAIN_API_KEY", key)
            .with("PURSER_APPROVAL_ABOVE", "1")
            .with("PURSER_SCHEDULES_TICK_CRON", "* * * * * ?")
            .with("PURSER_SCHEDULES_TICK_VERB", "licenses.list");

    private String newProject() {
        return ledger.call(
                        "POST",
                        "projects",
                        "{\"title\":\"class\",\"collaborators\":[\"" + buyer + "\"],"
                                + "\"state\":{\"state\":\"running\"},\"listed\":\"2026-11-25T08:00:00Z\","
                                + "\"listings\":{\"\":[{\"name\":\"a.ipynb\",\"size\":10,\"mtime\":1677111163.888}]}}")
                .path("project_id")
                .asText();
    }

    private String stateOf(String project) {
        for (JsonNode each : ledger.call("GET", "ledger?only=projects", "").path("projects")) {
            if (each.path("project_id").asText().equals(project)) {
                return each.at("/state/state").asText();
            }
        }
        return "";
    }

    @BeforeAll
    void start() {
        purser.start();
    }

    @AfterAll
    void close() {
        purser.close();
    }

    private static HttpResponse<String> send(PurserProcess purser, String id, String verb, String data) {
        ObjectNode command = JSON.createObjectNode().put("id", id).put("verb", verb);
        return purser.post("/api/v1/commands", command.set("data", json(data)).toString());
    }

    private HttpResponse<String> send(String id, String verb, String data) {
        return send(purser, id, verb, data);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode awaitEnd(PurserProcess purser, String id) {
        return Awaitility.await(id + " ends")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> json(purser.get("/api/v1/commands/" + id).body()), command -> !command.path("completed_at")
                        .isNull());
    }

    private String done(String id, String verb, String data) {
        assertThat(send(purser, id + run, verb, data).statusCode()).isEqualTo(202);
        JsonNode command = awaitEnd(purser, id + run);
        assertThat(command.path("state").asText()).as(command.toString()).isEqualTo("SUCCEEDED");
        return command.path("result").toString();
    }

    private String failed(String id, String verb, String data) {
        assertThat(send(purser, id + run, verb, data).statusCode()).isEqualTo(202);
        JsonNode command = awaitEnd(purser, id + run);
        assertThat(command.path("state").asText()).as(command.toString()).isEqualTo("FAILED");
        return command.toString();
    }

    @Test
    void every_verb_is_answered_once_over_http_and_on_the_results_topic() {
        String customer = ledger.newCustomer();
        String project = newProject();
        assertThat(done("email-", "account.email", "{\"account_id\":\"" + customer + "\"}"))
                .contains(customer + "@university.example");
        assertThat(done("list-", "directory.list", "{\"project_id\":\"" + project + "\"}"))
                .contains("a.ipynb", "\"listed_at\":\"2026-11-25T08:00:00Z\"");
        assertThat(done("query-", "user.query", "{\"query\":{\"projects\":[{\"project_id\":null}]}}"))
                .contains(project);
        assertThat(json(done("licenses-", "licenses.list", "{}")).path("licenses"))
                .hasSize(Integer.parseInt(purser.ask("select count(*) from orders where license_id is not null")));
        assertThat(done("ledger-", "purchases.pull", "{\"service\":\"credit\"}"))
                .contains("\"cost\":\"-100000.00\"", "\"complete\":true");
        assertThat(done("bill-", "reconciliation.run", "{}")).contains("\"state\":\"COMPLETED\"", "REFUND_OR_CREDIT");
        assertThat(done(
                        "pdf-",
                        "latex.compile",
                        "{\"content\":\"\\\\begin{document}" + Canaries.STUDENT + "\\\\end{document}\"}"))
                .contains("\"url\":\"https://");
        assertThat(failed("tex-", "latex.compile", "{\"content\":\"" + Canaries.STUDENT + "\"}"))
                .contains("latex_failed", "Missing \\\\begin{document}");
        assertThat(failed("write-", "user.query", "{\"query\":{\"accounts\":{\"first_name\":\"X\"}}}"))
                .contains("writes_not_allowed", "PURSER_USER_QUERY_WRITES");
        assertThat(failed("nobody-", "order.cancel", "{\"order_id\":\"none-" + run + "\"}"))
                .contains("unknown_order");
        assertThat(failed("alien-", "project.stop", "{\"project_id\":\"" + UUID.randomUUID() + "\"}"))
                .contains("forbidden", "must be a collaborator to stop project", "Make the purchasing account");

        String stop = "{\"project_id\":\"" + project + "\"}";
        ledger.breakOnce("projects/stop", "reset_after_commit", "{}");
        done("stop-", "project.stop", stop);

        assertThat(stateOf(project)).isEqualTo("opened");
        HttpResponse<String> again = send("stop-" + run, "project.stop", stop);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location").orElse("")).endsWith("/api/v1/commands/stop-" + run);
        assertThat(send("stop-" + run, "licenses.list", "{}").statusCode()).isEqualTo(409);
        assertThat(send("bad id", "project.stop", "{\"project_id\":1}").body())
                .contains("\"pointer\":\"/id\"", "\"pointer\":\"/data/project_id\"");
        ResultsTopic.Result result = results.awaitResult("stop-" + run);
        assertThat(result.correlationId()).isEqualTo("stop-" + run);
        assertThat(result.type()).isEqualTo("dev.purser.command.succeeded.v1");
        assertThat(results.results("stop-" + run)).hasSize(1);
        assertThat(results.awaitResult("alien-" + run).data()).contains("\"code\":\"forbidden\"");
        assertThat(purser.get("/api/v1/commands?limit=2").body()).contains("\"next\":\"");
    }

    @Test
    void commands_from_kafka_and_from_the_clock_are_answered_on_the_results_topic() {
        String project = newProject();
        String stop = "{\"project_id\":\"" + project + "\"}";
        topic.send("k-" + run, "project.stop", stop);
        topic.send("k-" + run, "project.stop", stop);
        topic.send("{\"id\":\"bare-" + run + "\",\"verb\":\"licenses.list\",\"data\":{\"limit\":3}}");
        topic.send("odd-" + run, "project.start", stop);
        topic.send("wrong-" + run, "project.stop", "{\"project_id\":\"" + run.substring(1) + "\"}");
        topic.send("k-" + run, "licenses.list", "{}");
        topic.send("{\"id\":");
        topic.send("last-" + run, "account.email", "{\"account_id\":\"" + UUID.randomUUID() + "\"}");
        ResultsTopic.Result last = results.awaitResult("last-" + run);
        assertThat(last.type()).isEqualTo("dev.purser.command.failed.v1");
        assertThat(last.data()).contains("\"code\":\"unknown_account\"");

        assertThat(stateOf(project)).isEqualTo("opened");
        assertThat(results.awaitResult("bare-" + run).correlationId()).isEqualTo("bare-" + run);
        assertThat(results.results("k-" + run)).singleElement().satisfies(result -> assertThat(result.type())
                .isEqualTo("dev.purser.command.succeeded.v1"));
        assertThat(purser.ask("select string_agg(reason, '|' order by id) from dead_letter"
                        + " where topic = 'purser.commands.v1'"))
                .contains("/verb: must be one of account.email", "/data/project_id: must be a UUID")
                .contains("id: another command was sent with this id", "value: is no JSON");
        assertThat(purser.ask("select count(*) >= 2 from command where source = 'schedule:tick'"))
                .isEqualTo("t");
    }

    @Test
    void what_a_command_answered_is_forgotten_after_30_days_and_its_id_never() {
        String list = "{\"limit\":1}";
        assertThat(done("old-", "licenses.list", list)).contains("licenses");
        purser.ask("update command set completed_at = completed_at - interval '31 days' where id = 'old-" + run
                + "' returning id");

        done("new-", "licenses.list", list);

        assertThat(purser.get("/api/v1/commands/old-" + run).body()).doesNotContain("\"result\"");
        assertThat(send("old-" + run, "licenses.list", list).statusCode()).isEqualTo(202);
        assertThat(send("old-" + run, "licenses.list", "{}").statusCode()).isEqualTo(409);
        assertThat(purser.ask("select attempts || ' ' || message from command where id = 'old-" + run + "'"))
                .isEqualTo("1 Its answer was kept for 30 days.");
    }

    @Test
    void orders_are_approved_cancelled_and_retried_by_commands_and_each_answer_says_how_the_order_stands() {
        String approved = "approved-" + run;
        String cancelled = "cancelled-" + run;
        String customer = ledger.newCustomer();
        purser.post(
                "/api/v1/orders",
                ("[" + OrdersTopic.order(approved, customer) + "," + OrdersTopic.order(cancelled, customer) + "]")
                        // A list of licenses tells their titles, and a student's name is to be in no answer.
                        .replace(Canaries.STUDENT, "Algebra"));
        purser.awaitState(approved, "HELD");
        purser.awaitState(cancelled, "HELD");

        topic.send("approve-" + run, "order.approve", "{\"order_id\":\"" + approved + "\"}");
        assertThat(done("cancel-", "order.cancel", "{\"order_id\":\"" + cancelled + "\"}"))
                .contains("\"state\":\"CANCELLED\"", "\"waiting\":false");
        purser.awaitState(approved, "PROVISIONED");
        topic.send("retry-" + run, "order.retry", "{\"order_id\":\"" + cancelled + "\"}");
        topic.send("late-" + run, "order.cancel", "{\"order_id\":\"" + approved + "\"}");
        topic.send("none-" + run, "order.retry", "{\"order_id\":\"nobody-" + run + "\"}");
        purser.awaitState(cancelled, "HELD");

        assertThat(answer("approve-")).contains("succeeded.v1", "\"order_id\":\"" + approved + "\"");
        assertThat(answer("cancel-")).contains("succeeded.v1", "\"state\":\"CANCELLED\"");
        assertThat(answer("retry-")).contains("succeeded.v1", "\"order_id\":\"" + cancelled + "\"");
        assertThat(answer("late-")).contains("failed.v1", "\"code\":\"conflict\"", "is bought and cannot be cancelled");
        assertThat(answer("none-")).contains("failed.v1", "\"code\":\"unknown_order\"");
        assertThat(failed("twice-", "order.approve", "{\"order_id\":\"" + approved + "\"}"))
                .contains("\"code\":\"conflict\"");
    }

    /** The one that was published, which says what it answers. */
    private String answer(String id) {
        ResultsTopic.Result result = results.awaitResult(id + run);
        assertThat(result.correlationId()).isEqualTo(id + run);
        return result.type() + " " + result.data();
    }

    @Test
    void a_command_of_an_instance_that_was_killed_goes_on_elsewhere_and_is_answered_once() {
        String project = newProject();
        String id = "killed-" + run;
        PurserProcess killed = PurserProcess.of(parts, "commands-killed")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", key)
                .with("PURSER_KAFKA_ENABLED", "false")
                .start();
        try (PurserProcess sibling = killed.sibling("commands-sibling")) {
            ledger.breakOnce("projects/stop", "slow", "{\"millis\":20000}");
            send(killed, id, "project.stop", "{\"project_id\":\"" + project + "\"}");
            ledger.awaitStruck();

            killed.kill();
            sibling.start();

            assertThat(awaitEnd(sibling, id).path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(stateOf(project)).isEqualTo("opened");
            // Without Kafka the answers wait where they can be counted.
            assertThat(sibling.ask("select string_agg(event_id || ' for ' || correlation_id, ', ') from outbox"))
                    .isEqualTo(id + "/succeeded for " + id);
        }
    }

    @Test
    void a_file_of_commands_gets_its_results_and_its_errors_can_be_dropped_again() {
        String first = newProject();
        String second = newProject();
        String alien = UUID.randomUUID().toString();
        ADropFolder inbox = purser.inbox();
        inbox.drop("stops.csv", """
                    command_id,verb,project_id,content,class
                    a-%1$s,project.stop,%2$s,,Algebra
                    b-%1$s,project.stop,%3$s,,Topology
                    c-%1$s,project.stop,not-a-uuid,,Logic
                    d-%1$s,order.approve,,,Nobody
                    e-%1$s,project.stop,%4$s,,Alien
                    a-%1$s,project.stop,%2$s,,Algebra
                    f-%1$s,latex.compile,%6$s,"\\begin{document}
                    Well done, %5$s
                    \\end{document}",Certificate
                    """.formatted(run, first, second, alien, Canaries.STUDENT, newProject()));

        JsonNode summary = inbox.awaitSummary("stops");

        assertThat(stateOf(first)).isEqualTo("opened");
        assertThat(stateOf(second)).isEqualTo("opened");
        assertThat(summary.path("rows").asInt()).isEqualTo(7);
        assertThat(summary.path("accepted").asInt()).isEqualTo(4);
        assertThat(summary.path("duplicate").asInt()).isEqualTo(1);
        assertThat(summary.path("rejected").asInt()).isEqualTo(2);
        assertThat(summary.path("outcomes")).isEqualTo(json("{\"open\":0,\"succeeded\":3,\"failed\":1}"));
        assertThat(inbox.awaitResult("stops.results.csv"))
                .contains("line 4: project_id: must be a UUID", "whoever drops orders cannot approve them")
                .contains("Topology,2,succeeded", "Alien,5,failed,forbidden", "Algebra,6,duplicate")
                .contains("https://sandbox.invalid/blobs/");
        assertThat(inbox.awaitResult("stops.errors.csv"))
                .startsWith("command_id,verb,project_id,content,class\n")
                .contains("c-" + run + ",", "d-" + run + ",", "e-" + run + "/2,")
                .doesNotContain("Algebra", "Certificate");
    }
}
