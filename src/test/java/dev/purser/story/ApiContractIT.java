package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders by HTTP, and an API that answers as it says it does. */
class ApiContractIT {

    private static final String ORDERS = "/api/v1/orders";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Parts PARTS = Parts.running();
    private static final SandboxLedger LEDGER = PARTS.ledger();
    private static final String CUSTOMER = LEDGER.newCustomer();

    private static PurserProcess purser;
    private static OpenApi api;

    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        purser = PurserProcess.of(PARTS, "api")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", LEDGER.newBuyer())
                .start();
        api = new OpenApi(purser.get("/q/openapi?format=json").body());
    }

    @AfterAll
    static void stop() {
        purser.close();
    }

    private String order(String name) {
        return OrdersTopic.order("http-" + name + "-" + run, CUSTOMER);
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        HttpResponse<String> answer = purser.post(path, body, headers);
        api.check("POST", path, answer);
        return answer;
    }

    private HttpResponse<String> get(String path) {
        HttpResponse<String> answer = purser.get(path);
        api.check("GET", path, answer);
        return answer;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    @Test
    void an_order_is_accepted_once_and_bought_and_the_same_with_other_content_is_a_conflict() {
        HttpResponse<String> first = post(ORDERS, order("one"));
        HttpResponse<String> again = post(ORDERS, order("one"));
        HttpResponse<String> other = post(ORDERS, order("one").replace("\"ram\":4", "\"ram\":5"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(json(first).at("/items/0/status").asText()).isEqualTo("accepted");
        assertThat(json(first).at("/items/0/state").asText()).isEqualTo("RECEIVED");
        assertThat(first.headers().firstValue("Location").orElseThrow()).endsWith("/api/v1/orders/http-one-" + run);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).at("/items/0/status").asText()).isEqualTo("duplicate");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other).path("detail").asText()).contains("other content");
        purser.awaitState("http-one-" + run, "PROVISIONED");
        assertThat(LEDGER.purchasesOf("http-one-" + run)).hasSize(1);
        get(ORDERS + "/http-one-" + run);
    }

    @Test
    void of_an_array_each_order_is_answered_by_itself_and_the_bad_ones_name_their_fields() {
        String bad = order("bad").replace("\"run_limit\":1", "\"run_limit\":-1").replace(CUSTOMER, "x");

        HttpResponse<String> answer = post(
                ORDERS,
                "[" + order("a") + "," + bad + "," + order("a") + ","
                        + order("a").replace("\"ram\":4", "\"ram\":5") + ",7]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("items"))
                .extracting(item -> item.path("status").asText())
                .containsExactly("accepted", "rejected", "duplicate", "conflict", "rejected");
        assertThat(json(answer).at("/items/1/errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactlyInAnyOrder("/account_id", "/license/run_limit");
        assertThat(json(answer).at("/totals/orders").asInt()).isEqualTo(5);
    }

    @Test
    void a_single_order_that_is_wrong_is_told_with_a_pointer_for_each_field() {
        HttpResponse<String> answer = post(
                ORDERS,
                order("wrong").replace("\"uptime\":\"short\"", "\"uptime\":7").replace("\"cpu\":1", "\"cpu\":99"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactlyInAnyOrder("/license/uptime", "/license/cpu");
    }

    @Test
    void bodies_that_are_no_orders_are_told_where_they_cease_to_be_some() {
        Map<String, Integer> bodies = Map.of(
                "",
                400,
                "{",
                400,
                "7",
                400,
                "{\"order_id\":\"a\",\"order_id\":\"b\"}",
                400,
                "[".repeat(5_000),
                400,
                "{} {}",
                400,
                "{\"order_id\":1e" + "9".repeat(40) + "}",
                400,
                "[" + "{},".repeat(10_000) + "{}]",
                413,
                "{\"order_id\":\"" + "x".repeat(300_000) + "\"}",
                400);

        assertThat(bodies)
                .allSatisfy((body, status) -> assertThat(post(ORDERS, body).statusCode())
                        .as(body.substring(0, Math.min(40, body.length())))
                        .isEqualTo(status));
        assertThat(purser.post(ORDERS, "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(purser.post(ORDERS, "[\"" + "x".repeat(11_000_000) + "\"]").statusCode())
                .isEqualTo(413);
    }

    @Test
    void an_idempotency_key_gives_the_first_answer_again_and_no_other_content_may_use_it() {
        String key = "\"" + UUID.randomUUID() + "\"";

        HttpResponse<String> first = post(ORDERS, order("key"), "Idempotency-Key", key);
        HttpResponse<String> again = post(ORDERS, order("key"), "Idempotency-Key", key);
        HttpResponse<String> spaced = post(ORDERS, order("key").replace(",", " , "), "Idempotency-Key", key);
        HttpResponse<String> other = post(ORDERS, order("key-2"), "Idempotency-Key", key);
        HttpResponse<String> empty = post(ORDERS, order("key"), "Idempotency-Key", "\"\"");
        HttpResponse<String> two = post(ORDERS, order("key"), "Idempotency-Key", key, "Idempotency-Key", "another");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body()).contains("\"accepted\"");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(spaced.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(two.statusCode()).isEqualTo(400);
        assertThat(purser.order("http-key-2-" + run).isMissingNode()).isTrue();
    }

    @Test
    void of_many_requests_at_once_with_one_key_one_is_answered_and_the_others_get_its_answer_or_are_told_to_wait()
            throws Exception {
        String key = UUID.randomUUID().toString();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Callable<HttpResponse<String>>> requests = IntStream.range(0, 24)
                .mapToObj(i -> (Callable<HttpResponse<String>>)
                        () -> purser.post(ORDERS, order("race"), "Idempotency-Key", key))
                .toList();

        List<HttpResponse<String>> answers = senders.invokeAll(requests).stream()
                .map(answer -> {
                    try {
                        return answer.get();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        senders.shutdown();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(202, 409));
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 202)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void every_call_answers_as_the_document_says_also_when_it_is_asked_for_nothing_in_particular() {
        for (OpenApi.Call call : api.calls()) {
            String path = call.anyPath();
            HttpResponse<String> answer =
                    call.method().equals("GET") ? purser.get(path) : purser.post(path, call.hasBody() ? "{" : "");
            api.check(call.method(), path, answer);
            if (call.hasBody()) {
                api.check(call.method(), path, purser.post(path, "application/json", "{}"));
                api.check(call.method(), path, purser.post(path, "application/json", "[]"));
                api.check(call.method(), path, purser.post(path, "application/json", "{\"ids\":{}}"));
                api.check(call.method(), path, purser.post(path, "image/png", "x"));
            }
        }
        // What asking for nothing in particular has stopped goes on.
        post("/api/v1/resume", "");
    }

    @Test
    void what_no_database_can_hold_and_forms_that_are_none_are_told_and_break_nothing() {
        assertThat(get("/api/v1/commands/%00").statusCode()).isEqualTo(404);
        for (String call : List.of("preview", "replay")) {
            HttpResponse<String> filtered = post(
                    "/api/v1/dead-letters/" + call, "{\"filter\":{\"topic\":\"a\\u0000\",\"reason\":\"\\u0000\"}}");
            assertThat(filtered.statusCode()).isEqualTo(400);
            assertThat(json(filtered).path("errors"))
                    .extracting(error -> error.path("pointer").asText())
                    .containsExactly("/filter/topic", "/filter/reason");
        }
        for (String form : List.of("--b\r\ngarbage", "--b\r\nno header\r\n\r\nx\r\n--b--\r\n", "garbage", "")) {
            HttpResponse<String> sent = purser.post("/api/v1/imports", "multipart/form-data; boundary=b", form);
            assertThat(sent.statusCode()).as("%s: %s", form, sent.body()).isEqualTo(400);
        }
        assertThat(purser.log()).doesNotContain("A request failed");
    }

    @Test
    void a_csv_is_taken_as_if_it_were_dropped_under_the_name_that_it_is_given() throws IOException {
        String csv = ADropFolder.HEADER + ADropFolder.row("http-csv-1-" + run, CUSTOMER) + "one,two\n";
        String path = "/api/v1/imports?name=sent-" + run;

        HttpResponse<String> sent = purser.post(path, "text/csv", csv);
        api.check("POST", path, sent);
        HttpResponse<String> form = purser.post("/api/v1/imports", "multipart/form-data; boundary=x", """
                --x\r
                Content-Disposition: form-data; name="file"; filename="C:\\form-%1$s.csv"\r
                Content-Type: text/csv\r
                \r
                %2$s\r
                --x--\r
                """.formatted(
                        run, csv.replace("csv-1", "csv-2")));
        api.check("POST", "/api/v1/imports", form);
        HttpResponse<String> nameless = purser.post("/api/v1/imports?name=..%2Fx", "text/csv", csv);

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        assertThat(json(sent).path("file").asText()).isEqualTo("sent-" + run + ".csv");
        assertThat(form.statusCode()).as(form.body()).isEqualTo(202);
        assertThat(json(form).path("file").asText()).isEqualTo("form-" + run + ".csv");
        assertThat(nameless.statusCode()).isEqualTo(400);
        purser.awaitState("http-csv-1-" + run, "PROVISIONED");
        purser.awaitState("http-csv-2-" + run, "PROVISIONED");
        JsonNode summary = purser.inbox().awaitSummary("sent-" + run);
        assertThat(summary.path("rows").asInt()).isEqualTo(2);
        assertThat(summary.path("rejected").asInt()).isEqualTo(1);
        String location = sent.headers().firstValue("Location").orElseThrow().replaceAll(".*(/api/)", "$1");
        assertThat(json(get(location)).path("accepted").asInt()).isEqualTo(1);
        assertThat(get(location + "/results.csv").body()).contains("http-csv-1-" + run, "provisioned");
    }

    @Test
    void the_contract_is_served() {
        assertThat(get("/asyncapi").body()).contains("\"asyncapi\": \"3.0.0\"");
        JsonNode index = json(purser.get("/schemas/"));
        assertThat(index.path("schemas")).hasSizeGreaterThan(20).allSatisfy(entry -> {
            HttpResponse<String> schema = get("/schemas/" + entry.path("schema").asText());
            assertThat(json(schema).path("title").asText()).isNotEmpty();
        });
    }
}
