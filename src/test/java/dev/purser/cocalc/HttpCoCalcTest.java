package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCoCalcTest {

    private static final UUID ACCOUNT = UUID.fromString("f01845ee-9d49-4ac6-a41c-810b88484a00");
    private static final UUID LICENSE = UUID.fromString("723c7723-060b-411e-bb4a-bc69cce70554");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PARAMS = "purchases/get-shopping-cart-checkout-params";
    private static final String CART = "[{\"id\":2,\"checked\":true},{\"id\":1,\"checked\":false}]";
    private static final String QUOTE = "{\"balance\":10,\"total\":0,\"cart\":[]}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private RawServer server;
    private TestDoor door;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    /** Answers by path; "404" is the page of a path that is not served. */
    private CoCalc cocalc(Dialect dialect) {
        return cocalc(dialect, Map.of("PURSER_ACCOUNTS_MAIN_API_KEY", TestDoor.KEY));
    }

    private CoCalc cocalc(Dialect dialect, Map<String, String> environment) {
        server = new RawServer((request, socket, out) -> {
            String answer = answers.getOrDefault(request.path().substring("/api/v2/".length()), "404");
            switch (answer) {
                case "404" -> RawServer.send(out, "404 Not Found", "text/html; charset=utf-8", "<!DOCTYPE html>");
                case "502" -> RawServer.send(out, "502 Bad Gateway", "text/html", "<html>");
                default -> RawServer.json(out, answer);
            }
        });
        door = new TestDoor(server.url(), dialect, environment);
        open.add(door);
        open.add(server);
        return door.cocalc();
    }

    @Test
    void a_key_file_that_changes_is_used_for_nothing_until_cocalc_has_told_whose_it_is(@TempDir Path dir)
            throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "sk-first");
        answers.put("shopping/cart/get", CART);
        answers.put("user-query", "{\"query\":{\"accounts\":{\"account_id\":\"" + ACCOUNT + "\"}}}");
        CoCalc cocalc = cocalc(Dialect.LIVING, Map.of("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString()));
        assertThat(cocalc.identity().isDone()).isTrue();
        door.door.bind("main", ACCOUNT);
        assertThat(cocalc.cart().isDone()).isTrue();
        int before = server.requests.size();

        Files.writeString(file, "sk-other");

        assertThat(door.door.isKeyNew("main")).isTrue();
        assertThat(cocalc.cart()).isInstanceOf(Answer.NotSent.class);
        assertThat(cocalc.checkout()).isInstanceOf(Answer.NotSent.class);
        assertThat(cocalc.setManagers(LICENSE, List.of(ACCOUNT))).isInstanceOf(Answer.NotSent.class);
        assertThat(server.requests).hasSize(before);
        assertThat(cocalc.identity().isDone()).isTrue();
        assertThat(cocalc.cart().isDone()).isTrue();
        assertThat(server.requests.get(server.requests.size() - 1).head()).contains("Bearer sk-other");

        Files.writeString(file, "sk-third");
        answers.put("user-query", "{\"query\":{\"accounts\":{\"account_id\":\"" + LICENSE + "\"}}}");
        assertThat(cocalc.identity().isDone()).isTrue();
        assertThat(cocalc.checkout().summary())
                .contains("PURSER_ACCOUNTS_MAIN_API_KEY_FILE holds the key of another CoCalc account")
                .doesNotContain("sk-");
    }

    @Test
    void the_key_of_a_project_belongs_to_no_account() {
        answers.put("user-query", "{\"query\":{}}");

        assertThat(cocalc(Dialect.LIVING).identity())
                .isEqualTo(new Answer.Refused<>(Refusal.NO_ACCOUNT, "the key belongs to no account"));
    }

    @Test
    void each_question_is_asked_at_its_path_with_exactly_its_parameters() throws IOException {
        String spec = SpecJson.write(SpecJsonTest.RANGE, "text").toString();

        asks(CoCalc::identity, "user-query", "{\"query\":{\"accounts\":{\"account_id\":null,\"email_address\":null}}}");
        asks(c -> c.emailAddress(ACCOUNT), "accounts/get-email-address", "{\"account_id\":\"" + ACCOUNT + "\"}");
        asks(
                c -> c.addToCart(SpecJsonTest.RANGE, "text", null),
                "shopping/cart/add",
                "{\"product\":\"site-license\",\"description\":" + spec + "}");
        asks(
                c -> c.addToCart(SpecJsonTest.RANGE, "text", ACCOUNT),
                "shopping/cart/add",
                "{\"product\":\"site-license\",\"project_id\":\"" + ACCOUNT + "\",\"description\":" + spec + "}");
        asks(CoCalc::cart, "shopping/cart/get", "{}");
        asks(c -> c.cartItem(7), "shopping/cart/get", "{\"id\":7}");
        asks(CoCalc::everPurchased, "shopping/cart/get", "{\"purchased\":true}");
        asks(
                c -> c.recentPurchases(Duration.ofMinutes(10)),
                "shopping/cart/recent-purchases",
                "{\"recent\":\"600 seconds\"}");
        asks(
                c -> c.recentPurchases(Duration.ofMillis(1)),
                "shopping/cart/recent-purchases",
                "{\"recent\":\"1 seconds\"}");
        asks(c -> c.tick(7, true), "shopping/cart/checked", "{\"id\":7,\"checked\":true}");
        asks(c -> c.tick(7, false), "shopping/cart/checked", "{\"id\":7,\"checked\":false}");
        asks(CoCalc::untickAll, "shopping/cart/checked", "{\"checked\":false}");
        asks(c -> c.remove(7), "shopping/cart/remove", "{\"id\":7}");
        asks(
                c -> c.edit(7, SpecJsonTest.RANGE, "text"),
                "shopping/cart/edit",
                "{\"id\":7,\"description\":" + spec + "}");
        asks(CoCalc::quote, PARAMS, "{}");
        asks(CoCalc::checkout, "purchases/shopping-cart-checkout", "{}");
        asks(
                c -> c.purchases(new CoCalc.LedgerQuery(500, 32, "2026-11-23T19:25:17.419Z", "license", false)),
                "purchases/get-purchases",
                "{\"limit\":500,\"offset\":32,\"cutoff\":\"2026-11-23T19:25:17.419Z\",\"service\":\"license\"}");
        asks(
                c -> c.purchases(new CoCalc.LedgerQuery(1, 0, null, null, true)),
                "purchases/get-purchases",
                "{\"limit\":1,\"offset\":0,\"group\":true}");
        asks(CoCalc::balance, "purchases/get-balance", "{}");
        asks(c -> c.managedLicenses(0, 0), "licenses/get-managed", "{}");
        asks(c -> c.managedLicenses(2, 1), "licenses/get-managed", "{\"limit\":2,\"skip\":1}");
        asks(c -> c.license(LICENSE), "licenses/get-license", "{\"license_id\":\"" + LICENSE + "\"}");
        asks(
                c -> c.setManagers(LICENSE, List.of(ACCOUNT, LICENSE)),
                "user-query",
                "{\"query\":{\"manager_site_licenses\":{\"id\":\"" + LICENSE + "\",\"managers\":[\"" + ACCOUNT + "\",\""
                        + LICENSE + "\"]}}}");
        asks(c -> c.userQuery(JSON.createObjectNode().putNull("x")), "user-query", "{\"query\":{\"x\":null}}");
        asks(c -> c.stopProject(LICENSE), "projects/stop", "{\"project_id\":\"" + LICENSE + "\"}");
        asks(
                c -> c.latex(new CoCalc.LatexJob("/tmp/a.tex", "x", null, null, Duration.ofSeconds(30))),
                "latex",
                "{\"path\":\"/tmp/a.tex\",\"timeout\":30,\"content\":\"x\"}");
        asks(
                c -> c.latex(new CoCalc.LatexJob("a.tex", null, LICENSE, "make", Duration.ofSeconds(5))),
                "latex",
                "{\"path\":\"a.tex\",\"timeout\":5,\"project_id\":\"" + LICENSE + "\",\"command\":\"make\"}");
    }

    private void asks(Function<CoCalc, Answer<?>> question, String path, String body) throws IOException {
        CoCalc cocalc = door == null ? cocalc(Dialect.LIVING) : door.cocalc();
        int before = server.requests.size();

        question.apply(cocalc);

        assertThat(server.requests).hasSize(before + 1);
        RawServer.Request request = server.requests.get(before);
        assertThat(request.line()).isEqualTo("POST /api/v2/" + path + " HTTP/1.1");
        assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree(body));
    }

    @Test
    void a_stop_is_confirmed_in_both_dialects_and_by_nothing_else() {
        CoCalc cocalc = cocalc(Dialect.LIVING);

        answers.put("projects/stop", "{\"status\":\"ok\"}");
        assertThat(cocalc.stopProject(LICENSE)).isEqualTo(new Answer.Done<>(true));
        answers.put("projects/stop", "{}");
        assertThat(cocalc.stopProject(LICENSE)).isEqualTo(new Answer.Done<>(true));
        answers.put("projects/stop", "{\"status\":\"starting\"}");
        assertThat(cocalc.stopProject(LICENSE)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void a_compile_that_ran_is_told_with_its_log_whether_or_not_it_left_a_pdf() {
        CoCalc cocalc = cocalc(Dialect.LIVING);
        CoCalc.LatexJob job = new CoCalc.LatexJob("a.tex", "x", null, null, Duration.ofSeconds(5));

        answers.put(
                "latex",
                "{\"compile\":{\"stdout\":\"fine\",\"stderr\":\"\",\"exit_code\":0},\"url\":\"https://c/b.pdf\",\"pdf\":{}}");
        assertThat(cocalc.latex(job))
                .isEqualTo(new Answer.Done<>(new CoCalc.Compiled("https://c/b.pdf", 0, "fine", null)));
        answers.put(
                "latex",
                "{\"compile\":{\"stdout\":\"! Oops\",\"stderr\":\"no\",\"exit_code\":12},\"error\":\"no such file\"}");
        assertThat(cocalc.latex(job))
                .isEqualTo(new Answer.Done<>(new CoCalc.Compiled(null, 12, "! Oops\nno", "no such file")));
        answers.put("latex", "{\"error\":\"must be authenticated\"}");
        assertThat(cocalc.latex(job)).isInstanceOf(Answer.NotSignedIn.class);
        answers.put("latex", "{}");
        assertThat(cocalc.latex(job)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void nothing_is_paid_before_a_quote_has_settled_the_dialect() {
        CoCalc cocalc = cocalc(Dialect.AUTO);

        assertThat(cocalc.checkout())
                .isEqualTo(new Answer.NotSent<>("the checkout dialect is not settled; ask for a quote first"));
        assertThat(server.requests).isEmpty();
        assertThat(door.door.dialect("main")).isEmpty();
    }

    @Test
    void a_quote_settles_the_living_dialect_for_good() {
        CoCalc cocalc = cocalc(Dialect.AUTO);
        answers.put(PARAMS, QUOTE);

        assertThat(cocalc.quote().isDone()).isTrue();
        answers.clear();
        cocalc.quote();
        cocalc.checkout();

        assertThat(door.door.dialect("main")).contains(Dialect.LIVING);
        assertThat(server.requests)
                .extracting(RawServer.Request::path)
                .containsExactly("/api/v2/" + PARAMS, "/api/v2/" + PARAMS, "/api/v2/purchases/shopping-cart-checkout");
    }

    @Test
    void a_cart_that_cannot_be_priced_settles_the_living_dialect_too() {
        CoCalc cocalc = cocalc(Dialect.AUTO);
        answers.put(PARAMS, "{\"error\":\"bug cost must not be null\"}");

        assertThat(cocalc.quote()).isInstanceOf(Answer.Refused.class);

        assertThat(door.door.dialect("main")).contains(Dialect.LIVING);
    }

    @Test
    void a_page_that_is_not_served_beside_a_cart_that_is_settles_the_documented_dialect_for_good() {
        CoCalc cocalc = cocalc(Dialect.AUTO);
        answers.put("shopping/cart/get", CART);
        answers.put("shopping/cart/checkout", "{\"success\":true}");

        Answer<Quote> quote = cocalc.quote();
        answers.put(PARAMS, QUOTE);
        cocalc.quote();

        assertThat(quote).isInstanceOfSatisfying(Answer.Done.class, done -> {
            Quote unpriced = (Quote) done.value();
            assertThat(unpriced.balance()).isNull();
            assertThat(unpriced.total()).isNull();
            assertThat(unpriced.lines()).singleElement().satisfies(line -> {
                assertThat(line.item().id()).isEqualTo(2);
                assertThat(line.price()).isNull();
            });
        });
        assertThat(cocalc.checkout()).isEqualTo(new Answer.Done<>(true));
        assertThat(door.door.dialect("main")).contains(Dialect.DOCUMENTED);
        assertThat(server.requests)
                .extracting(RawServer.Request::path)
                .containsExactly(
                        "/api/v2/" + PARAMS,
                        "/api/v2/shopping/cart/get",
                        "/api/v2/shopping/cart/get",
                        "/api/v2/shopping/cart/checkout");
    }

    @Test
    void a_page_in_the_middle_of_a_deployment_misleads_for_one_checkout_only() {
        CoCalc cocalc = cocalc(Dialect.AUTO);
        answers.put(PARAMS, "404");
        answers.put("shopping/cart/get", "[]");
        answers.put("shopping/cart/checkout", "404");
        assertThat(cocalc.quote().isDone()).isTrue();
        assertThat(door.door.dialect("main")).contains(Dialect.DOCUMENTED);

        assertThat(cocalc.checkout()).isInstanceOf(Answer.Refused.class);

        assertThat(door.door.dialect("main")).isEmpty();
        assertThat(cocalc.checkout()).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void a_doubtful_answer_settles_no_dialect() {
        CoCalc cocalc = cocalc(Dialect.AUTO);
        for (String answer : List.of(
                "404",
                "502",
                "{}",
                "{\"error\":\"must be signed in\"}",
                "{\"error\":\"something new\"}",
                "{\"error\":\"connect ECONNREFUSED 127.0.0.1:5499\"}")) {
            answers.put(PARAMS, answer);

            assertThat(cocalc.quote().isDone()).isFalse();

            assertThat(door.door.dialect("main")).as(answer).isEmpty();
            assertThat(cocalc.checkout()).isInstanceOf(Answer.NotSent.class);
        }
    }

    @Test
    void a_configured_dialect_is_settled_from_the_start() {
        CoCalc cocalc = cocalc(Dialect.DOCUMENTED);
        answers.put("shopping/cart/checkout", "{}");

        assertThat(door.door.dialect("main")).contains(Dialect.DOCUMENTED);
        assertThat(cocalc.checkout()).isEqualTo(new Answer.Done<>(true));
    }

    @Test
    void every_call_is_counted_by_endpoint_and_answer_without_the_account() {
        CoCalc cocalc = cocalc(Dialect.LIVING);
        answers.put("purchases/get-balance", "5");

        cocalc.balance();
        cocalc.balance();
        cocalc.quote();

        assertThat(door.metrics
                        .get("purser.cocalc.calls")
                        .tags("endpoint", "purchases/get-balance", "answer", "Done")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(door.metrics
                        .get("purser.cocalc.calls")
                        .tags("endpoint", PARAMS, "answer", "Refused")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(door.metrics.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags()).hasSize(2));
    }

    @Test
    void neither_key_nor_email_nor_a_long_text_leaves_the_door() {
        CoCalc cocalc = cocalc(Dialect.LIVING);
        answers.put(
                "purchases/get-balance",
                "{\"error\":\"no " + TestDoor.KEY + " for bob@example.org\\n" + "x".repeat(5_000) + "\"}");

        String text = cocalc.balance().summary();

        assertThat(text).startsWith("refused: no *** for *** xxx").hasSizeLessThan(400);
    }

    @Test
    void a_key_that_cannot_be_read_is_not_sent_and_named() throws IOException, URISyntaxException {
        cocalc(Dialect.LIVING);
        try (TestDoor locked = new TestDoor(
                server.url(), Dialect.LIVING, Map.of("purser.accounts.main.api-key-file", "/no/such/file"))) {
            assertThat(locked.cocalc().balance())
                    .isEqualTo(new Answer.NotSent<>(
                            "IOException: PURSER_ACCOUNTS_MAIN_API_KEY_FILE cannot be read: NoSuchFileException"));
            assertThat(server.requests).isEmpty();
        }
    }
}
