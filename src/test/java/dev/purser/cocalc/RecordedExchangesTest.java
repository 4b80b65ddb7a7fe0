package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every answer that the real implementation gave, played back over HTTP through the real route. */
class RecordedExchangesTest {

    record Exchange(String name, String path, int status, String contentType, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                return JsonNodeFactory.instance.missingNode();
            }
        }

        String error() {
            return json().path("error").textValue();
        }
    }

    private static final UUID SOMEONE = UUID.fromString("f01845ee-9d49-4ac6-a41c-810b88484a00");

    /** Paths that Purser does not ask, or not yet, with the number of recordings. */
    private static final Map<String, Integer> LEFT_OUT = Map.ofEntries(
            Map.entry("", 1),
            Map.entry("customize", 2),
            Map.entry("no/such/endpoint", 1),
            Map.entry("licenses/get-projects", 2),
            Map.entry("licenses/get-projects-with-license", 7),
            Map.entry("purchases/cancel-subscription", 3),
            Map.entry("purchases/get-live-subscriptions", 2),
            Map.entry("purchases/get-subscriptions", 4),
            Map.entry("shopping/cart/delete", 8),
            Map.entry("shopping/cart/processing", 1),
            Map.entry("vouchers/get-voucher-codes", 4),
            Map.entry("vouchers/recent-vouchers", 1));

    /** What each recorded error text must be taken for. */
    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("must be signed in", "NotSignedIn"),
            Map.entry("must be signed in to use shopping cart", "NotSignedIn"),
            Map.entry("must be signed in to get shopping cart information", "NotSignedIn"),
            Map.entry("you must be an admin or partner to get the email address of any account_id", "NotSignedIn"),
            Map.entry("FATAL: anonymous get queries not allowed for table 'accounts'", "NotSignedIn"),
            Map.entry(
                    "too many requests to shopping/cart/add; try again in 1 second (rule: at most 3 requests per second)",
                    "Throttled 1"),
            Map.entry(
                    "too many requests to shopping/cart/add; try again in 53 seconds (rule: at most 15 requests per minute)",
                    "Throttled 53"),
            Map.entry(
                    "too many requests to purchases/get-purchases; try again in 2785 seconds (rule: at most 200 requests per hour)",
                    "Throttled 2785"),
            Map.entry(
                    "too many requests to purchases/get-purchases; try again in 2764 seconds (rule: at most 200 requests per hour)",
                    "Throttled 2764"),
            Map.entry("connect ECONNREFUSED 127.0.0.1:5499", "DATABASE_DOWN"),
            Map.entry("no item with id 1", "NOT_FOUND"),
            Map.entry("no item with id 99999", "NOT_FOUND"),
            Map.entry("no license with id 11111111-2222-4333-8444-555555555555", "NOT_FOUND"),
            Map.entry("FATAL: get queries not allowed for table 'nosuchtable'", "NOT_FOUND"),
            Map.entry("FATAL: get queries not allowed for table 'shopping_cart_items'", "NOT_FOUND"),
            Map.entry("must be authenticated", "NotSignedIn"),
            Map.entry("must be a collaborator to stop project", "FORBIDDEN"),
            Map.entry("must be signed in as a collaborator on the project", "FORBIDDEN"),
            Map.entry("project_id must be a valid uuid", "BAD_REQUEST"),
            Map.entry("path must be specified and end in .tex", "BAD_REQUEST"),
            Map.entry("FATAL: user must be an admin", "FORBIDDEN"),
            Map.entry("user must be a manager of the license to change it", "FORBIDDEN"),
            Map.entry("You are not the manager of any license with subscription id=1", "FORBIDDEN"),
            Map.entry(
                    "FATAL: you do not have read access to this project -- account_id=84a487cf-4b90-4140-b7cd-c9061aede735, project_id_=undefined",
                    "FORBIDDEN"),
            Map.entry("FATAL: user get query not allowed for accounts.nosuchfield", "BAD_REQUEST"),
            Map.entry("FATAL: must specify exactly one key in the query", "BAD_REQUEST"),
            Map.entry("FATAL: invalid user_query of '0' -- query must be an object", "BAD_REQUEST"),
            Map.entry("Cannot read properties of undefined (reading 'undefined')", "BAD_REQUEST"),
            Map.entry("limit must be specified and at most 500", "BAD_REQUEST"),
            Map.entry("LIMIT must not be negative", "BAD_REQUEST"),
            Map.entry("date/time field value out of range: \"1700000000000\"", "BAD_REQUEST"),
            Map.entry("unsupported Unicode escape sequence", "BAD_REQUEST"),
            Map.entry("Invalid time value", "BAD_REQUEST"),
            Map.entry("if id isn't specified then the product must be set", "BAD_REQUEST"),
            Map.entry("license_id or subscription_id must be specified", "BAD_REQUEST"),
            Map.entry("invalid input syntax for type json", "BAD_REQUEST"),
            Map.entry("bug cost must not be null", "BAD_ITEM"),
            Map.entry("Cannot read properties of null (reading 'type')", "BAD_ITEM"),
            Map.entry("Cannot destructure property 'type' of 'info' as it is undefined.", "BAD_ITEM"),
            Map.entry("unknown user undefined", "BAD_ITEM"),
            Map.entry("unknown user student", "BAD_ITEM"),
            Map.entry("[DecimalError] Invalid argument: NaN", "BAD_ITEM"),
            Map.entry("[DecimalError] Invalid argument: x", "BAD_ITEM"),
            Map.entry("computing cost of item of type vm is deprecated", "BAD_ITEM"),
            Map.entry("computing cost of item of type disk is deprecated", "BAD_ITEM"),
            Map.entry("invalid subscription cost=0", "BAD_ITEM"),
            Map.entry("invalid subscription cost=-12.38", "BAD_ITEM"),
            Map.entry("Voucher code creation is temporarily disabled. Please contact support.", "BAD_ITEM"));

    private static final List<Exchange> EXCHANGES = new ArrayList<>();
    private static volatile Exchange playing;
    private static RawServer server;
    private static TestDoor door;

    @BeforeAll
    static void start() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                RecordedExchangesTest.class.getResourceAsStream("/partner-api/transcripts.jsonl"),
                StandardCharsets.UTF_8))) {
            ObjectMapper mapper = new ObjectMapper();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                EXCHANGES.add(exchange(mapper.readTree(line)));
            }
        }
        server = new RawServer((request, socket, out) -> RawServer.send(
                out,
                playing.status() + " As-Recorded" + (playing.status() == 308 ? "\r\nLocation: /api/v2/elsewhere" : ""),
                playing.contentType(),
                playing.body()));
        door = new TestDoor(server.url(), Dialect.LIVING);
    }

    @AfterAll
    static void stop() {
        door.close();
        server.close();
    }

    private static Exchange exchange(JsonNode line) {
        String path = line.path("request").path("path").textValue().replaceFirst("^/api/v2/?", "");
        JsonNode response = line.path("response");
        return new Exchange(
                line.path("name").textValue(),
                path.replaceFirst("\\?.*", "").replaceFirst("/$", "").toLowerCase(Locale.ROOT),
                response.path("status").intValue(),
                response.path("headers").path("content-type").textValue(),
                response.path("body").asText(""));
    }

    private static List<Exchange> concerned() {
        return EXCHANGES.stream()
                .filter(exchange -> !LEFT_OUT.containsKey(exchange.path()))
                .toList();
    }

    @Test
    void all_recordings_are_played_but_those_named_as_left_out() {
        Map<String, Integer> leftOut = new TreeMap<>();
        EXCHANGES.stream()
                .filter(exchange -> LEFT_OUT.containsKey(exchange.path()))
                .forEach(exchange -> leftOut.merge(exchange.path(), 1, Integer::sum));

        assertThat(leftOut).containsExactlyInAnyOrderEntriesOf(LEFT_OUT);
        assertThat(EXCHANGES).hasSize(501);
        assertThat(concerned()).hasSize(465);
    }

    @TestFactory
    List<DynamicTest> each_recorded_answer_is_taken_for_what_it_was() {
        return concerned().stream()
                .map(exchange -> DynamicTest.dynamicTest(exchange.name(), () -> {
                    Answer<?> answer = play(exchange);

                    assertThat(kind(answer)).as(exchange.body()).isEqualTo(expected(exchange));
                    assertThat(size(answer)).isEqualTo(expectedSize(exchange, answer));
                }))
                .toList();
    }

    private static Answer<?> play(Exchange exchange) {
        playing = exchange;
        int asked = server.requests.size();
        Answer<?> answer = ask(exchange, door.cocalc());
        assertThat(server.requests).hasSize(asked + 1);
        return answer;
    }

    private static Answer<?> ask(Exchange exchange, CoCalc cocalc) {
        JsonNode json = exchange.json();
        return switch (exchange.path()) {
            case "user-query" ->
                json.path("query").path("accounts").has("account_id")
                        ? cocalc.identity()
                        : cocalc.userQuery(JsonNodeFactory.instance.objectNode());
            case "accounts/get-email-address" -> cocalc.emailAddress(SOMEONE);
            case "shopping/cart/add" -> cocalc.addToCart(SpecJsonTest.RANGE, "text", null);
            case "shopping/cart/get" ->
                json.isArray() ? cocalc.cart() : cocalc.cartItem(json.path("id").asLong(1));
            case "shopping/cart/checked" -> cocalc.tick(1, true);
            case "shopping/cart/remove" -> cocalc.remove(1);
            case "shopping/cart/edit" -> cocalc.edit(1, SpecJsonTest.RANGE, "text");
            case "shopping/cart/recent-purchases" -> cocalc.recentPurchases(java.time.Duration.ofMinutes(10));
            case "purchases/get-shopping-cart-checkout-params" -> cocalc.quote();
            case "purchases/shopping-cart-checkout", "shopping/cart/checkout" -> cocalc.checkout();
            case "purchases/get-purchases" -> cocalc.purchases(new CoCalc.LedgerQuery(100, 0, null, null, false));
            case "purchases/get-balance" -> cocalc.balance();
            case "licenses/get-managed" -> cocalc.managedLicenses(0, 0);
            case "licenses/get-license" -> cocalc.license(SOMEONE);
            case "projects/stop" -> cocalc.stopProject(SOMEONE);
            case "latex" ->
                cocalc.latex(new CoCalc.LatexJob("/tmp/a.tex", "x", null, null, java.time.Duration.ofSeconds(5)));
            default -> throw new AssertionError(exchange.path() + " is neither played nor left out");
        };
    }

    private static String expected(Exchange exchange) {
        if (exchange.status() == 200) {
            return exchange.error() == null ? "Done" : expectedError(exchange);
        }
        return switch (exchange.status()) {
            case 308 -> "Unknown";
            case 404 -> "NOT_SERVED";
            case 400, 405, 413, 415 -> "BAD_REQUEST";
            default -> "no such status was recorded";
        };
    }

    private static String expectedError(Exchange exchange) {
        String text = exchange.error();
        if (text.startsWith("Insufficient credit on your account to complete the purchase (you need $")) {
            return "INSUFFICIENT_CREDIT";
        }
        if (text.startsWith("field \"custom_")) {
            return "BAD_ITEM";
        }
        if (text.startsWith("invalid input syntax for type ")) {
            return "BAD_REQUEST";
        }
        return ERRORS.getOrDefault(text, "not in this test's table");
    }

    private static String kind(Answer<?> answer) {
        return answer.fold(new Answer.Cases<Object, String>() {
            @Override
            public String done(Object value) {
                return "Done";
            }

            @Override
            public String refused(Refusal refusal, String text) {
                return refusal.name();
            }

            @Override
            public String throttled(java.time.Duration wait) {
                return "Throttled " + wait.toSeconds();
            }

            @Override
            public String notSignedIn(String text) {
                return "NotSignedIn";
            }

            @Override
            public String notSent(String detail) {
                return "NotSent";
            }

            @Override
            public String unknown(String detail) {
                return "Unknown";
            }
        });
    }

    /** How many things the answer lists; nothing of a list may get lost. */
    private static int size(Answer<?> answer) {
        if (!(answer instanceof Answer.Done<?> done)) {
            return 0;
        }
        Object value = done.value();
        return value instanceof List<?> list
                ? list.size()
                : value instanceof Quote quote
                        ? quote.lines().size()
                        : value instanceof CoCalc.LedgerPage page ? page.lines().size() : 0;
    }

    private static int expectedSize(Exchange exchange, Answer<?> answer) {
        JsonNode json = exchange.json();
        return !answer.isDone()
                ? 0
                : json.isArray()
                        ? json.size()
                        : json.path("cart").size() + json.path("purchases").size();
    }
}
