package dev.purser.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.cli.settings.Settings;
import dev.purser.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoCalcCheckTest {

    private static final String ACCOUNT = "84a487cf-4b90-4140-b7cd-c9061aede735";
    private static final Duration AHEAD = Duration.ofMinutes(3);

    private static Sandbox sandbox;
    private static Sandbox ahead;

    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, Clock.systemUTC());
        ahead = Sandbox.start(0, Clock.offset(Clock.systemUTC(), AHEAD));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        ahead.close();
    }

    @BeforeEach
    void configure() throws Exception {
        environment.put("PURSER_COCALC_URL", sandbox.url());
        environment.put("PURSER_ACCOUNTS_MAIN_API_KEY", "sk-canary-main");
        account("\"name\":\"main\",\"account_id\":\"" + ACCOUNT
                + "\",\"groups\":[\"partner\"],\"key\":\"sk-canary-main\",\"balance\":1000");
    }

    @AfterEach
    void reset() throws Exception {
        control(sandbox, "POST", "reset", "{}");
    }

    private void account(String fields) throws Exception {
        control(sandbox, "POST", "accounts", "{" + fields + "}");
    }

    private static JsonNode control(Sandbox where, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + where.port() + "/_sandbox/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private List<String> look() {
        List<String> found = Looks.of(new CoCalcCheck(Settings.of(environment, Map.of()), Clock.systemUTC()));
        assertThat(found).allSatisfy(line -> assertThat(line).doesNotContain("canary"));
        return found;
    }

    @Test
    void a_partners_key_is_told_with_its_account_its_balance_and_its_checkout() {
        assertThat(look())
                .containsExactly(
                        "OK cocalc: CoCalc answers at " + sandbox.url() + ", and its clock agrees within 3 s.",
                        "OK account main: The key in PURSER_ACCOUNTS_MAIN_API_KEY is that of CoCalc account " + ACCOUNT
                                + ", a partner.",
                        "OK account main: Its balance is 1000 USD.",
                        "OK account main: CoCalc serves the living checkout.");
    }

    @Test
    void it_only_asks_what_changes_nothing() throws Exception {
        look();

        Set<String> asked = new TreeSet<>();
        control(sandbox, "GET", "ledger", "").at("/calls/total").fieldNames().forEachRemaining(asked::add);
        assertThat(asked)
                .containsExactly(
                        "accounts/get-email-address",
                        "purchases/get-balance",
                        "purchases/get-shopping-cart-checkout-params",
                        "user-query");
    }

    @Test
    void keys_of_projects_of_strangers_of_nobody_and_one_account_twice_are_each_called_what_they_are()
            throws Exception {
        control(sandbox, "POST", "projects", "{\"title\":\"algebra\",\"key\":\"sk-canary-project\"}");
        account("\"name\":\"plain\",\"key\":\"sk-canary-plain\"");
        environment.put("PURSER_ACCOUNTS_PROJECT_API_KEY", "sk-canary-project");
        environment.put("PURSER_ACCOUNTS_PLAIN_API_KEY", "sk-canary-plain");
        environment.put("PURSER_ACCOUNTS_NOBODY_API_KEY", "sk-canary-nobody");
        environment.put("PURSER_ACCOUNTS_TWIN_API_KEY", "sk-canary-main");
        environment.put("PURSER_ACCOUNTS_VANISHED_API_KEY_FILE", "/no/such/file");

        assertThat(look())
                .anyMatch(line ->
                        line.startsWith("MISCONFIGURED account project: PURSER_ACCOUNTS_PROJECT_API_KEY holds a key"
                                + " that belongs to no account, as that of a project does."))
                .anyMatch(line ->
                        line.matches("MISCONFIGURED account plain: PURSER_ACCOUNTS_PLAIN_API_KEY holds the key of"
                                + " CoCalc account .*, which has no partner rights.*"))
                .anyMatch(line -> line.startsWith("MISCONFIGURED account nobody: CoCalc does not accept the key in"
                        + " PURSER_ACCOUNTS_NOBODY_API_KEY, or its database is down"))
                .anyMatch(line -> line.startsWith("MISCONFIGURED account twin: PURSER_ACCOUNTS_TWIN_API_KEY and"
                        + " PURSER_ACCOUNTS_MAIN_API_KEY hold keys of the same CoCalc account, " + ACCOUNT))
                .anyMatch(
                        line -> line.startsWith("MISCONFIGURED account vanished: PURSER_ACCOUNTS_VANISHED_API_KEY_FILE"
                                + " cannot be read: NoSuchFileException."))
                .anyMatch(line -> line.startsWith("OK account main: The key in"));
    }

    @Test
    void an_empty_purse_is_told() throws Exception {
        account("\"name\":\"poor\",\"groups\":[\"partner\"],\"key\":\"sk-canary-poor\"");
        environment.put("PURSER_ACCOUNTS_POOR_API_KEY", "sk-canary-poor");

        assertThat(look()).anyMatch(line -> line.startsWith("WARN account poor: Its balance is 0 USD. → Add credit"));
    }

    @Test
    void a_clock_that_is_wrong_is_told() throws Exception {
        control(ahead, "POST", "accounts", "{\"name\":\"main\",\"groups\":[\"partner\"],\"key\":\"sk-canary-main\"}");
        environment.put("PURSER_COCALC_URL", ahead.url());

        Instant begun = Instant.now();
        List<String> found = look();
        long asked = Duration.between(begun, Instant.now()).toSeconds();

        // What the question took may be its way back, so it is not called a difference; nor is what is lost of a
        // second.
        Matcher told = found.stream()
                .map(
                        Pattern.compile(
                                        "WARN cocalc: CoCalc answers at .*, and its clock is (\\d+) s ahead of this machine's. → .*")
                                ::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(told.group(1))).isBetween(179 - asked, 180L);
    }

    @Test
    void a_cart_that_cannot_be_priced_is_told_as_the_living_checkout_that_it_is() throws Exception {
        control(
                sandbox,
                "POST",
                "faults",
                "{\"endpoint\":\"purchases/get-shopping-cart-checkout-params\",\"kind\":\"error_text\","
                        + "\"params\":{\"text\":\"unknown user student\"}}");

        assertThat(look())
                .anyMatch(line ->
                        line.startsWith("WARN account main: CoCalc serves the living checkout and cannot price an"
                                + " item of the cart: unknown user student."));
    }

    @Test
    void an_address_at_which_there_is_no_api_is_told() {
        environment.put("PURSER_COCALC_URL", sandbox.url().replace("v2", "v3"));

        assertThat(look())
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED cocalc: What answers at "
                        + sandbox.url().replace("v2", "v3") + " does not serve CoCalc's API.");
    }

    @Test
    void a_cocalc_that_is_away_is_told_once() {
        environment.put("PURSER_COCALC_URL", "http://127.0.0.1:1/api/v2");
        environment.put("PURSER_ACCOUNTS_TWO_API_KEY", "sk-canary-two");

        assertThat(look())
                .singleElement()
                .asString()
                .startsWith("FAIL cocalc: CoCalc gives no answer at http://127.0.0.1:1/api/v2: not sent:");
    }

    @Test
    void an_address_that_must_not_be_given_the_key_is_refused_before_anything_is_asked() {
        environment.put("PURSER_COCALC_URL", "http://cocalc.example/api/v2");

        assertThat(look())
                .singleElement()
                .asString()
                .startsWith("MISCONFIGURED cocalc: PURSER_COCALC_URL must be https");
    }

    @Test
    void nothing_is_asked_where_nothing_is_set() {
        environment.clear();

        assertThat(look()).isEmpty();
    }
}
