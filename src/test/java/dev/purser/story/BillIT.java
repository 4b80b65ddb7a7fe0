package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Finance asks over HTTP whether the bill is what was ordered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BillIT {

    private static final String COLUMNS =
            "class,order_id,campaign,purchasing_account,cart_item_id,purchase_id,license_id,"
                    + "ordered_cents,quoted_cents,billed_cents,diff_cents,raw_cost,rule,period_ordered,period_billed,"
                    + "purchase_time,age_days,note";

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String buyer = UUID.randomUUID().toString();
    private PurserProcess purser;

    @BeforeAll
    void start() {
        ledger.throttleOff();
        purser = PurserProcess.of(parts, "bill")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newKeyOf(buyer))
                .with("PURSER_THROTTLE", "off")
                .start();
    }

    @AfterAll
    void stop() {
        purser.close();
    }

    @Test
    void a_bill_with_a_license_bought_by_hand_is_told_alike_as_json_csv_html_and_events_explained_and_sealed() {
        List<String> ids = BoughtOnceIT.ids(3);
        String customer = ledger.newCustomer();
        ids.forEach(id -> parts.orders().send(id, OrdersTopic.order(id, customer)));
        ids.forEach(id -> purser.awaitState(id, "PROVISIONED"));
        Instant planted = Instant.now();
        book("manual", "\"cost\":13.98", planted);
        book("credit", "\"cost\":100", planted);
        book("metered", "\"cost\":2.5", planted);

        JsonNode run = reconcile();

        long billed = cents(ledger.call("GET", "ledger", ""));
        assertThat(count(run, "MATCHED")).isEqualTo(3);
        assertThat(count(run, "BILLED_NOT_ORDERED")).isEqualTo(1);
        // What the account was opened with is one, too.
        assertThat(count(run, "REFUND_OR_CREDIT")).isEqualTo(2);
        assertThat(count(run, "OTHER_SERVICE")).isEqualTo(1);
        assertThat(run.at("/total/billed_cents").asLong()).isEqualTo(billed);
        assertThat(run.path("bill_cents").asLong()).isEqualTo(billed);
        assertThat(run.path("unexplained_cents").asLong()).isZero();

        assertTheCsvFoots(run);
        assertThat(html(run))
                .contains(dollars(run.at("/total/ordered_cents").asLong()))
                .contains(dollars(billed))
                .contains("unexplained 0.00")
                .contains("<svg");
        assertTheEvents(run);
        assertItCanBeExplained(run);
        assertTheMonthIsSealedOnce();
    }

    private JsonNode reconcile() {
        HttpResponse<String> started = purser.post("/api/v1/reconciliations", "");
        assertThat(started.statusCode()).isEqualTo(202);
        String where = started.headers().firstValue("location").orElseThrow().replaceFirst("^https?://[^/]+", "");
        return Awaitility.await("it is reconciled")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> read(purser.get(where)),
                        run -> run.path("state").asText().equals("COMPLETED"));
    }

    private void assertTheCsvFoots(JsonNode run) {
        List<NamedCsvRecord> rows = csv(run);
        assertThat(rows.get(0).getHeader()).containsExactly(COLUMNS.split(","));
        NamedCsvRecord total = rows.remove(rows.size() - 1);
        assertThat(total.getField("class")).isEqualTo("TOTAL");
        for (String column : List.of("ordered_cents", "billed_cents", "diff_cents")) {
            long sum = rows.stream()
                    .map(row -> row.getField(column))
                    .filter(cell -> !cell.isEmpty())
                    .mapToLong(Long::parseLong)
                    .sum();
            assertThat(sum).isEqualTo(Long.parseLong(total.getField(column)));
            assertThat(sum).isEqualTo(run.at("/total/" + column).asLong());
        }
        assertThat(rows).hasSize(run.at("/total/count").asInt());
    }

    private void assertTheEvents(JsonNode run) {
        Awaitility.await("the events of the run").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<OutcomesTopic.Event> events = new OutcomesTopic(parts.brokers(), "purser.reconciliation.v1")
                    .events(run.path("id").asText());
            List<String> ours = events.stream()
                    .filter(event -> event.type().equals("dev.purser.discrepancy.opened.v1"))
                    .map(OutcomesTopic.Event::data)
                    .toList();
            assertThat(ours).anySatisfy(data -> {
                JsonNode opened = json.readTree(data);
                assertThat(opened.path("class").asText()).isEqualTo("BILLED_NOT_ORDERED");
                assertThat(opened.path("billed_cents").asLong()).isEqualTo(1398);
            });
            assertThat(events)
                    .filteredOn(event -> event.type().equals("dev.purser.reconciliation.completed.v1"))
                    .anySatisfy(event -> {
                        JsonNode completed = json.readTree(event.data());
                        assertThat(completed.path("state").asText()).isEqualTo("COMPLETED");
                        assertThat(completed.at("/totals/MATCHED/cents").asLong())
                                .isEqualTo(run.at("/totals/MATCHED/cents").asLong());
                        assertThat(completed.path("unexplained_cents").asLong()).isZero();
                    });
        });
    }

    private void assertItCanBeExplained(JsonNode run) {
        JsonNode open = read(purser.get("/api/v1/discrepancies"));
        assertThat(open.path("items")).hasSize(1);
        assertThat(open.at("/aging/0/count").asInt()).isEqualTo(1);
        String id = open.at("/items/0/id").asText();
        String explain = "/api/v1/discrepancies/" + id + "/explain";

        assertThat(purser.post(explain, "{\"note\":\" \"}").statusCode()).isEqualTo(400);
        assertThat(purser.post("/api/v1/discrepancies/0/explain", "{\"note\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        JsonNode explained = read(purser.post(explain, "{\"note\":\"=for the pilot\"}"));

        assertThat(explained.path("state").asText()).isEqualTo("EXPLAINED");
        assertThat(explained.path("explained_by").asText()).isEqualTo("http:local");
        assertThat(csv(run))
                .filteredOn(row -> row.getField("class").equals("BILLED_NOT_ORDERED"))
                .singleElement()
                .satisfies(row -> assertThat(row.getField("note")).startsWith("'=for the pilot"));
        assertThat(purser.get("/reconciliation").body()).contains("=for the pilot", "explained by local");
    }

    private void assertTheMonthIsSealedOnce() {
        YearMonth month = YearMonth.from(Instant.now().atZone(ZoneOffset.UTC));
        assertThat(purser.post("/api/v1/months/" + month + "/verify", "").statusCode())
                .isEqualTo(409);

        JsonNode closed = read(purser.post("/api/v1/months/" + month + "/close", ""));
        JsonNode again = read(purser.post("/api/v1/months/" + month + "/close", ""));

        assertThat(closed.path("hash").asText()).matches("[0-9a-f]{64}");
        assertThat(again).isEqualTo(closed);
        assertThat(read(purser.get("/api/v1/months/" + month))).isEqualTo(closed);
        assertThat(read(purser.post("/api/v1/months/" + month + "/verify", ""))
                        .path("holds")
                        .asBoolean())
                .isTrue();
        assertThat(purser.post("/api/v1/months/2026-13/close", "").statusCode()).isEqualTo(404);
        assertThat(purser.post("/api/v1/months/1999-12/close", "").statusCode()).isEqualTo(400);
        for (String odd : List.of("1999-12", "+999999999-12", "-0001-01", "2026-13", "")) {
            assertThat(purser.post(
                                    "/reconciliation/months",
                                    "application/x-www-form-urlencoded",
                                    "month=" + URLEncoder.encode(odd, StandardCharsets.UTF_8))
                            .body())
                    .contains("A month is one of the years 2000 to 9999");
        }
    }

    private void book(String kind, String cost, Instant time) {
        ledger.call("POST", "purchases", """
                {"account":"buyer-%s","kind":"%s",%s,"time":"%s"}
                """.formatted(buyer, kind, cost, time.minus(Duration.ofHours(2))));
    }

    /** By the sandbox' own books. */
    private long cents(JsonNode books) {
        return StreamSupport.stream(books.path("purchases").spliterator(), false)
                .filter(line -> line.path("account_id").asText().equals(buyer))
                .map(line -> line.path("cost").isNull() ? line.path("cost_so_far") : line.path("cost"))
                .mapToLong(cost -> new BigDecimal(cost.asText())
                        .movePointRight(2)
                        .setScale(0, java.math.RoundingMode.HALF_UP)
                        .longValue())
                .sum();
    }

    private List<NamedCsvRecord> csv(JsonNode run) {
        HttpResponse<String> answer =
                purser.get("/api/v1/reconciliations/" + run.path("id").asText() + "/report.csv");
        assertThat(answer.statusCode()).isEqualTo(200);
        List<NamedCsvRecord> rows = new ArrayList<>();
        CsvReader.builder().ofNamedCsvRecord(answer.body()).forEach(rows::add);
        return rows;
    }

    private String html(JsonNode run) {
        HttpResponse<String> page =
                purser.get("/api/v1/reconciliations/" + run.path("id").asText() + "/report.html");
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    private static long count(JsonNode run, String finding) {
        return run.at("/totals/" + finding + "/count").asLong();
    }

    private static String dollars(long cents) {
        return String.format(Locale.ENGLISH, "%,.2f", new BigDecimal(cents).movePointLeft(2));
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
