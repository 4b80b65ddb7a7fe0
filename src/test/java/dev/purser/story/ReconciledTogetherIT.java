package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances, and finance that asks both. */
@Tag("chaos")
class ReconciledTogetherIT {

    /** The lease of a run, and how often others look for orphans. */
    private static final Duration TAKEOVER = Duration.ofSeconds(120 + 5 + 20);

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    @Test
    void two_runs_at_once_are_one_and_whoever_is_left_ends_what_a_stopped_or_killed_instance_began() {
        ledger.throttleOff();
        try (PurserProcess first = PurserProcess.of(parts, "together-1")
                        .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                        .with("PURSER_THROTTLE", "off")
                        .with("PURSER_COCALC_TIMEOUT", "PT20S");
                PurserProcess second = first.sibling("together-2");
                PurserProcess third = first.sibling("together-3")) {
            first.launch();
            second.launch();
            List.of(first, second).forEach(PurserProcess::awaitReady);

            slowLedger();
            long stopped = reconcileAtOnce(first, second);
            PurserProcess worker = worker(stopped, first, second);
            PurserProcess other = worker == first ? second : first;
            worker.terminate();
            awaitCompleted(other, stopped, Duration.ofSeconds(60));

            third.start();
            slowLedger();
            long killed = reconcileAtOnce(other, third);
            worker = worker(killed, other, third);
            PurserProcess last = worker == other ? third : other;
            worker.kill();
            awaitCompleted(last, killed, TAKEOVER);

            long next = reconcileAtOnce(last, last);
            awaitCompleted(last, next, Duration.ofSeconds(60));
            assertThat(List.of(stopped, killed, next)).doesNotHaveDuplicates();
            assertThat(last.ask("select count(*) from reconciliation")).isEqualTo("3");
        }
    }

    /** Long enough for whoever reads it to be stopped meanwhile. */
    private void slowLedger() {
        ledger.heal();
        ledger.call("POST", "faults", """
                {"endpoint":"purchases/get-purchases","kind":"slow","count":3,"params":{"millis":6000}}""");
    }

    private long reconcileAtOnce(PurserProcess one, PurserProcess other) {
        List<Long> runs = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> i % 2 == 0 ? one : other)
                .map(instance -> id(instance.post("/api/v1/reconciliations", "")))
                .distinct()
                .toList();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private long id(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        try {
            return json.readTree(answer.body()).path("id").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PurserProcess worker(long run, PurserProcess one, PurserProcess other) {
        String begins = "reconciliation " + run + " begins";
        Awaitility.await("somebody works at run " + run)
                .atMost(Duration.ofSeconds(30))
                .until(() -> one.log().contains(begins) || other.log().contains(begins));
        return one.log().contains(begins) ? one : other;
    }

    private static void awaitCompleted(PurserProcess instance, long run, Duration patience) {
        Awaitility.await("run " + run + " is completed").atMost(patience).until(() -> instance.ask(
                        "select state from reconciliation where id = " + run)
                .equals("COMPLETED"));
    }
}
