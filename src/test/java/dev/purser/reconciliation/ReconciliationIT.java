package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.embedded.DatabaseForTest;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import dev.purser.reconciliation.month.ClosedMonth;
import dev.purser.reconciliation.month.Closing;
import dev.purser.reconciliation.month.Months;
import dev.purser.sandbox.Sandbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The bill of a whole service that buys at the sandbox, with a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(value = ReconciliationIT.World.class, restrictToAnnotatedClass = true)
@Isolated
class ReconciliationIT {

    private static final String LEDGER = "purchases/get-purchases";

    private static Sandbox sandbox;
    private static String buyer;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    Reconciliations reconciliations;

    @Inject
    Discrepancies discrepancies;

    @Inject
    Months months;

    @Inject
    Renewals renewals;

    @Inject
    Orders orders;

    @Inject
    EntityManager db;

    @BeforeEach
    void heal() {
        call("DELETE", "faults", "");
    }

    @Test
    void every_cent_of_a_bill_with_strange_lines_is_named() {
        String fine = order(LicenseSpec.Period.RANGE);
        String monthly = order(LicenseSpec.Period.MONTHLY);
        await(fine, OrderState.PROVISIONED);
        await(monthly, OrderState.PROVISIONED);
        book("{\"kind\":\"manual\",\"cost\":7.77}");
        book("{\"kind\":\"credit\",\"cost\":50}");
        book("{\"kind\":\"refund\",\"cost\":3.21}");
        book("{\"kind\":\"metered\",\"cost\":0.5}");
        String license =
                orders.find(new OrderId(monthly)).orElseThrow().licenseId().toString();
        book("{\"kind\":\"renewal\",\"cost\":12.38,\"license_id\":\"" + license + "\"}");

        Run run = run();

        assertThat(run.state()).as(run.reason()).isEqualTo(Run.State.COMPLETED);
        assertThat(run.unexplainedCents()).isZero();
        Map<Finding, Long> ours = new HashMap<>();
        rows(run).forEach(row -> ours.merge(row.finding(), 1L, Long::sum));
        assertThat(ours)
                .containsEntry(Finding.RENEWAL, 1L)
                .containsEntry(Finding.OTHER_SERVICE, 1L)
                .doesNotContainKeys(Finding.AMOUNT_DIFFERS, Finding.PERIOD_DIFFERS, Finding.BILLED_NO_LICENSE);
        assertThat(rows(run))
                .filteredOn(row ->
                        fine.equals(row.orderId()) || monthly.equals(row.orderId()) && row.finding() != Finding.RENEWAL)
                .extracting(ReportRow::finding, ReportRow::difference)
                .containsOnly(tuple(Finding.MATCHED, 0L));
        assertThat(renewals.watch().renewals()).extracting(Renewal::orderId).contains(monthly);
        assertThat(renewals.watch().in90Days()).isPositive();
        assertThat(told("dev.purser.reconciliation.completed.v1")).isPositive();
        assertThat(told("dev.purser.discrepancy.opened.v1")).isPositive();
    }

    @Test
    void a_doubled_checkout_is_billed_twice() {
        call("POST", "faults", """
                {"endpoint":"purchases/shopping-cart-checkout","kind":"duplicate_delivery","count":1,"params":{}}""");
        String doubled = order(LicenseSpec.Period.RANGE);
        await(doubled, OrderState.PROVISIONED);

        assertThat(rows(run()))
                .filteredOn(row -> doubled.equals(row.orderId()))
                .extracting(ReportRow::finding)
                .containsExactlyInAnyOrder(Finding.MATCHED, Finding.BILLED_TWICE);
        QuarkusTransaction.requiringNew()
                .run(() -> db.createNativeQuery("update pause set resumed_by = 'test', resumed_at = now()")
                        .executeUpdate());
    }

    @Test
    void an_unknown_order_that_the_ledger_proves_is_settled() {
        call("POST", "faults", """
                {"endpoint":"purchases/shopping-cart-checkout","kind":"reset_after_commit","count":1,"params":{}}""");
        call("POST", "faults", """
                {"endpoint":"shopping/cart/recent-purchases","kind":"http_503","count":1000,"params":{}}""");
        call("POST", "faults", """
                {"endpoint":"shopping/cart/get","kind":"http_503","count":1000,"params":{}}""");
        String lost = order(LicenseSpec.Period.RANGE);
        heal("shopping/cart/get");
        await(lost, OrderState.UNKNOWN);

        Run run = run();

        assertThat(run.state()).as(run.reason()).isEqualTo(Run.State.COMPLETED);
        OrderView settled = orders.find(new OrderId(lost)).orElseThrow();
        assertThat(settled.state()).isIn(OrderState.PURCHASED, OrderState.PROVISIONED);
        assertThat(settled.history()).anyMatch(event -> event.why().startsWith("the ledger proves it: purchase"));
        assertThat(rows(run))
                .filteredOn(row -> lost.equals(row.orderId()))
                .extracting(ReportRow::finding)
                .containsExactly(Finding.MATCHED);
        heal();
        await(lost, OrderState.PROVISIONED);
    }

    @Test
    void whatever_breaks_in_the_middle_of_a_ledger_of_many_pages_changes_nothing() {
        String bought = order(LicenseSpec.Period.RANGE);
        await(bought, OrderState.PROVISIONED);
        Awaitility.await("the engine has read what it was billed, and asks for the ledger no more")
                .atMost(Duration.ofSeconds(60))
                .until(() -> count("checkout where state = 'SETTLED' and (bill is null or bill = 'SEEN')") == 0);
        String longAgo = Instant.now().minus(Duration.ofDays(3)).toString();
        IntStream.range(0, 1_600)
                .parallel()
                .forEach(line -> book("{\"kind\":\"credit\",\"cost\":0.01,\"time\":\"" + longAgo + "\"}"));
        book("{\"kind\":\"manual\",\"cost\":9.99}");
        readAllOfIt();
        Map<String, String> before = contents();
        Map<String, String> reasons = new LinkedHashMap<>();

        for (String kind : List.of("http_503", "html_200", "truncated_json", "reset_before", "timeout_before")) {
            // The count and the first page pass.
            fault("slow", 2, "{\"millis\":1}");
            fault(kind, 1, "{}");
            reasons.put(kind, broken(run()));
        }
        fault("slow", 2, "{\"millis\":1}");
        fault("error_text", 1, "{\"text\":\"must be signed in\"}");
        reasons.put("as a database that is down says", broken(run()));
        for (String kind : List.of("db_down", "revoke_key")) {
            fault("slow", 100, "{\"millis\":400}");
            reasons.put(kind, broken(run(running -> running.pulled() >= 500, () -> fault(kind, 1, "{}"))));
            heal();
        }

        assertThat(reasons).allSatisfy((kind, reason) -> assertThat(reason)
                .contains("CoCalc did not give the page of its ledger from line"));
        assertThat(reasons.get("db_down")).contains("not signed in");
        assertThat(reasons.get("revoke_key")).contains("not signed in");
        assertThat(contents()).isEqualTo(before);
        assertThat(run().state()).isEqualTo(Run.State.COMPLETED);
        assertThat(contents().get("discrepancy")).isNotEqualTo(before.get("discrepancy"));
    }

    private void readAllOfIt() {
        QuarkusTransaction.requiringNew().run(() -> db.createNativeQuery("update ledger_known set until = null")
                .executeUpdate());
    }

    private long count(String table) {
        return QuarkusTransaction.requiringNew()
                .call(() -> (Long) db.createNativeQuery("select count(*) from " + table, Long.class)
                        .getSingleResult());
    }

    private void fault(String kind, int count, String params) {
        call(
                "POST",
                "faults",
                "{\"endpoint\":\"%s\",\"kind\":\"%s\",\"count\":%d,\"params\":%s}"
                        .formatted(LEDGER, kind, count, params));
    }

    /** Why; what is said of the run is nothing but that. */
    private String broken(Run run) {
        assertThat(run.state()).isEqualTo(Run.State.PULL_INCOMPLETE);
        assertThat(run.pulled()).isPositive();
        assertThat(run.billCents()).isNull();
        assertThat(rows(run)).isEmpty();
        return run.reason();
    }

    /** All that a reconciliation concludes and changes. */
    private Map<String, String> contents() {
        Map<String, String> contents = new HashMap<>();
        for (String table : List.of(
                "orders",
                "order_event",
                "discrepancy",
                "reconciliation_row",
                // What was proven, and not when subscriptions were told.
                "(select account_id, known_at, until, licenses_run from ledger_known where known_at is not null)",
                "closed_month",
                "pause")) {
            contents.put(table, QuarkusTransaction.requiringNew().call(() -> (String) db.createNativeQuery(
                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ';' order by t::text)), '') from "
                                    + table + " t",
                            String.class)
                    .getSingleResult()));
        }
        return contents;
    }

    @Test
    void a_month_is_sealed_and_holds() {
        String sealed = order(LicenseSpec.Period.RANGE);
        await(sealed, OrderState.PROVISIONED);
        YearMonth before = YearMonth.from(Instant.now().atZone(ZoneOffset.UTC)).minusMonths(1);
        run();

        assertThat(months.close(before, "alice")).isInstanceOf(Closing.Closed.class);

        assertThat(months.verify(before).orElseThrow().differences()).isEmpty();
        assertThat(months.list()).extracting(ClosedMonth::month).contains(before);
    }

    private String order(LicenseSpec.Period period) {
        String id = "bill-" + UUID.randomUUID();
        String customer = UUID.randomUUID().toString();
        call(
                "POST",
                "accounts",
                "{\"name\":\"%1$s\",\"account_id\":\"%1$s\",\"email\":\"%1$s@university.example\"}"
                        .formatted(customer));
        boolean range = period == LicenseSpec.Period.RANGE;
        LicenseSpec spec = new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                1,
                4,
                1,
                3,
                true,
                LicenseSpec.Uptime.SHORT,
                false,
                period,
                // It has begun: CoCalc shortens it with each look.
                range ? Instant.now().minus(Duration.ofDays(3)) : null,
                range ? Instant.now().plus(Duration.ofDays(90)) : null,
                "Calculus",
                null);
        QuarkusTransaction.requiringNew()
                .run(() -> orders.accept(List.of(new Submission(
                        new OrderId(id), UUID.fromString(customer), null, "fall", null, spec, "test", null, false))));
        return id;
    }

    private void await(String orderId, OrderState state) {
        Awaitility.await(orderId + " is " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() -> orders.find(new OrderId(orderId)).orElseThrow().state() == state);
    }

    private Run run() {
        return run(running -> true, () -> {});
    }

    /** @param then what happens once it is as far as that */
    private Run run(Predicate<Run> far, Runnable then) {
        long id = reconciliations.start(Range.OPEN, "test").id();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> reconciliations.find(id).orElseThrow(), far);
        then.run();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> reconciliations.find(id).orElseThrow(), run -> run.state() != Run.State.RUNNING);
    }

    private List<ReportRow> rows(Run run) {
        List<ReportRow> rows = new ArrayList<>();
        reconciliations.rows(run.id(), rows::add);
        return rows;
    }

    private long told(String type) {
        return QuarkusTransaction.requiringNew().call(() -> (Long) db.createNativeQuery(
                        "select count(*) from outbox where topic = 'RECONCILIATION' and type = :type", Long.class)
                .setParameter("type", type)
                .getSingleResult());
    }

    private void book(String wish) {
        call("POST", "purchases", wish.replace("{\"kind\"", "{\"account\":\"" + buyer + "\",\"kind\""));
    }

    /** Of all faults in waiting, only those of this endpoint. */
    private void heal(String endpoint) {
        List<JsonNode> others = new ArrayList<>();
        call("GET", "faults", "").forEach(fault -> {
            if (!fault.path("endpoint").asText().equals(endpoint)) {
                others.add(fault);
            }
        });
        call("DELETE", "faults", "");
        others.forEach(fault -> call("POST", "faults", fault.toString()));
    }

    private JsonNode call(String method, String path, String body) {
        return call(http, json, method, path, body);
    }

    private static JsonNode call(HttpClient http, ObjectMapper json, String method, String path, String body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox.port() + "/_sandbox/" + path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return json.readTree(response.body());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the application needs, started before it. */
    public static final class World extends DatabaseForTest {

        @Override
        protected Map<String, String> settings() {
            sandbox = Sandbox.start(0, Clock.systemUTC());
            buyer = UUID.randomUUID().toString();
            String key = "sk-" + UUID.randomUUID();
            HttpClient http = HttpClient.newHttpClient();
            ObjectMapper json = new ObjectMapper();
            call(http, json, "POST", "accounts", """
                    {"name":"%1$s","account_id":"%1$s","groups":["partner"],"key":"%2$s","balance":100000}""".formatted(buyer, key));
            call(http, json, "POST", "throttle", "{\"off\":true}");
            return Map.of(
                    "purser.budget.per-day",
                    "100000",
                    "purser.cocalc.url",
                    sandbox.url(),
                    "purser.cocalc.timeout",
                    "PT3S",
                    "purser.cocalc.longest-request",
                    "PT2S",
                    "purser.accounts.main.api-key",
                    key,
                    "purser.throttle",
                    "off");
        }

        @Override
        public void stop() {
            sandbox.close();
            super.stop();
        }
    }
}
