package dev.purser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has Purser reconcile what the demo bought, over its own HTTP API, and tells what came of it. */
final class DemoReconciliation {

    private static final Duration TO_RUN = Duration.ofMinutes(5);
    /** Old enough not to be in flight. */
    private static final Duration DAYS_AGO = Duration.ofDays(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI purser;
    private final PrintStream out;
    private final CountDownLatch stopping;
    private final Clock clock;

    DemoReconciliation(URI purser, PrintStream out, CountDownLatch stopping, Clock clock) {
        this.purser = purser;
        this.out = out;
        this.stopping = stopping;
        this.clock = clock;
    }

    /** What somebody may do at CoCalc by hand, so that there is something to find. */
    void plant(URI sandbox, String account) throws IOException, InterruptedException {
        Instant time = clock.instant().minus(DAYS_AGO);
        book(sandbox, account, "manual", new BigDecimal("13.98"), time);
        book(sandbox, account, "credit", new BigDecimal("100"), time.plusSeconds(60));
        out.println(
                "Booked in the pretend CoCalc, without an order: a license bought by hand, and a credit of 100 USD.");
    }

    private void book(URI sandbox, String account, String kind, BigDecimal cost, Instant time)
            throws IOException, InterruptedException {
        String wish = json.createObjectNode()
                .put("account", account)
                .put("kind", kind)
                .put("cost", cost)
                .put("time", time.toString())
                .put("notes", "booked by the demo")
                .toString();
        HttpResponse<String> answer = post(sandbox.resolve("/_sandbox/purchases"), wish);
        if (answer.statusCode() != 200) {
            throw new IOException("the sandbox refused the " + kind + " purchase: " + answer.body());
        }
    }

    /** @return whether it ended, however it did */
    boolean run() throws IOException, InterruptedException {
        HttpResponse<String> started = post(purser.resolve("/api/v1/reconciliations"), "{}");
        if (started.statusCode() != 202) {
            throw new IOException("Purser does not reconcile: " + started.body());
        }
        long id = json.readTree(started.body()).path("id").asLong();
        Instant until = clock.instant().plus(TO_RUN);
        JsonNode run = json.readTree(started.body());
        while (run.path("state").asText().equals("RUNNING")) {
            if (clock.instant().isAfter(until)) {
                out.println("Reconciliation " + id + " is not over after " + TO_RUN.toMinutes()
                        + " minutes; see data/purser.log");
                return false;
            }
            if (stopping.await(500, TimeUnit.MILLISECONDS)) {
                return false;
            }
            run = json.readTree(get("/api/v1/reconciliations/" + id).body());
        }
        tell(run);
        return true;
    }

    private void tell(JsonNode run) {
        if (!run.path("state").asText().equals("COMPLETED")) {
            out.println("\nCoCalc's ledger could not be read as a whole, so nothing was concluded: "
                    + run.path("reason").asText());
            return;
        }
        JsonNode total = run.path("total");
        out.printf(
                Locale.ROOT,
                "%nReconciled with CoCalc's ledger: ordered %.2f USD, billed %.2f USD, unexplained %.2f USD, %d to look at%n",
                usd(total.path("ordered_cents")),
                usd(run.path("charged_cents")),
                usd(run.path("unexplained_cents")),
                run.path("discrepancies").asLong());
        run.path("totals").properties().forEach(entry -> {
            if (entry.getValue().path("count").asLong() > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-20s %4d  billed %9.2f%n",
                        entry.getKey(),
                        entry.getValue().path("count").asLong(),
                        usd(entry.getValue().path("cents")));
            }
        });
        out.println("  " + purser + "/api/v1/reconciliations/" + run.path("id").asLong() + "/report.html");
    }

    private static BigDecimal usd(JsonNode cents) {
        return BigDecimal.valueOf(cents.asLong(), 2);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(purser.resolve(path)));
    }

    private HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
