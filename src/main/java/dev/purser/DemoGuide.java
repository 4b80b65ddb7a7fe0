package dev.purser;

import dev.purser.cli.Exit;
import dev.purser.cli.Terminal;
import dev.purser.cli.settings.Settings;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Feeds the samples and tells a newcomer on the console what becomes of them and where to look. */
final class DemoGuide implements Runnable {

    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_ANSWER = Duration.ofMinutes(10);

    private final Clock clock = Clock.systemUTC();
    private final DemoPlan plan;
    private final Settings settings;
    private final Terminal terminal;
    private final boolean json;
    private final PrintStream out;
    private final CountDownLatch stopping;
    private final URI purser;
    private final DemoReconciliation reconciliation;

    DemoGuide(DemoPlan plan, Settings settings, Terminal terminal, boolean json, CountDownLatch stopping) {
        this.plan = plan;
        this.settings = settings;
        this.terminal = terminal;
        this.json = json;
        this.out = terminal.told(json);
        this.stopping = stopping;
        this.purser = URI.create("http://localhost:" + plan.http().number());
        this.reconciliation = new DemoReconciliation(purser, out, stopping, clock);
    }

    @Override
    public void run() {
        try {
            boolean done = (plan.samples() ? feedAndFollow() : awaitStart(new DemoWatch(purser, Set.of())))
                    && reconciliation.run();
            if (stopping.getCount() > 0) {
                tellWhereToLook();
            }
            if (plan.exit()) {
                Quarkus.asyncExit((done ? Exit.DONE : Exit.FAILED).code());
            }
        } catch (IOException | ExecutionException | RuntimeException e) {
            terminal.err().println("The demo's samples failed: " + e.getMessage());
            if (plan.exit()) {
                Quarkus.asyncExit(Exit.FAILED.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean feedAndFollow() throws IOException, ExecutionException, InterruptedException {
        DemoSamples samples = DemoSamples.fillIn(DemoPlan.SAMPLES, DemoPlan.DATA, LocalDate.now(clock));
        DemoWatch watch = new DemoWatch(purser, samples.orderIds(plan.kafkaEnabled()));
        if (!awaitStart(watch)) {
            return false;
        }
        watch.look();
        boolean again = watch.everyOrderIsAnswered();
        feed(samples);
        out.println(
                again
                        ? "All of them are known from an earlier run: they are duplicates, and nothing is bought again."
                        : "CoCalc takes 15 items a minute from each purchasing account, so this takes about a minute.");
        out.println();
        if (!follow(watch, samples)) {
            return false;
        }
        if (!again && plan.sandbox().ours()) {
            reconciliation.plant(
                    URI.create("http://127.0.0.1:" + plan.sandbox().port().number()),
                    settings.purchasingAccounts().stream().findFirst().orElse("main"));
        }
        return true;
    }

    private boolean awaitStart(DemoWatch watch) throws InterruptedException {
        Instant until = clock.instant().plus(TO_START);
        while (!watch.isReady()) {
            if (clock.instant().isAfter(until)) {
                terminal.err()
                        .println("Purser is not ready after " + TO_START.toMinutes() + " minutes; see data/purser.log");
                return false;
            }
            if (stopping.await(500, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        out.println("  Purser      " + purser);
        return true;
    }

    private void feed(DemoSamples samples) throws IOException, ExecutionException, InterruptedException {
        out.println();
        Optional<Path> inbox = inbox();
        if (inbox.isPresent()) {
            samples.drop(inbox.get());
            out.println(
                    "Dropped " + samples.rows() + " orders as " + inbox.get().resolve("orders.csv"));
        } else {
            out.println("PURSER_DROP_URI is no directory, so the CSV samples are not fed");
        }
        Optional<String> brokers = Optional.ofNullable(System.getProperty("kafka.bootstrap.servers"))
                .or(() -> settings.find("kafka.bootstrap.servers"));
        if (plan.kafkaEnabled() && brokers.isPresent()) {
            samples.send(brokers.get());
            out.println("Sent " + samples.events().size() + " events to the topic " + DemoSamples.ORDERS_TOPIC);
        }
    }

    private Optional<Path> inbox() {
        String uri = settings.find("purser.drop-uri").orElse("file:data/inbox");
        return uri.startsWith("file:")
                ? Optional.of(Path.of(
                        uri.substring("file:".length()).replaceAll("\\?.*", "").replaceFirst("^//", "")))
                : Optional.empty();
    }

    private boolean follow(DemoWatch watch, DemoSamples samples) throws IOException, InterruptedException {
        Instant start = clock.instant();
        String told = "";
        while (true) {
            watch.look();
            long seconds = Duration.between(start, clock.instant()).toSeconds();
            if (!watch.counts().equals(told)) {
                told = watch.counts();
                out.printf("  %3d s  %s%n", seconds, told);
            }
            boolean taken = inbox().filter(samples::waitIn).isEmpty();
            if (taken && watch.everyOrderIsAnswered() && (!plan.kafkaEnabled() || watch.everythingIsPublished())) {
                out.printf("%nEvery sample order has an outcome or is held:%n%n%s", watch.table());
                if (json) {
                    terminal.print(watch.document());
                }
                return true;
            }
            if (seconds > TO_ANSWER.toSeconds()) {
                terminal.err()
                        .printf(
                                "After %d minutes %s; see data/purser.log%n",
                                TO_ANSWER.toMinutes(), whatIsLacking(watch));
                return false;
            }
            if (stopping.await(2, TimeUnit.SECONDS)) {
                return false;
            }
        }
    }

    private static String whatIsLacking(DemoWatch watch) {
        return watch.everyOrderIsAnswered()
                ? "the dropped file is not taken or not all outcomes are published to Kafka"
                : "these sample orders have no outcome: " + String.join(", ", watch.unanswered());
    }

    private void tellWhereToLook() {
        out.println("\nWhere to look:");
        out.println("  " + purser + "/   counts, the latest orders, what to do next");
        out.println("  " + purser + "/reconciliation   what CoCalc billed against what was ordered");
        out.println("  " + purser + "/api/v1/orders?state=HELD");
        inbox().map(inbox -> inbox.resolveSibling("results")).ifPresent(results -> {
            out.println("  " + results + "/   what became of each row, and apart the rows that cannot become an order");
            out.println("  " + results.resolveSibling("inbox") + "/   drop a CSV of your own here");
        });
        if (plan.postgres().ours()) {
            out.println("  psql postgresql://purser:purser@localhost:"
                    + plan.postgres().port().number() + "/purser");
        }
        if (plan.kafka().ours()) {
            out.println("  Kafka on localhost:" + plan.kafka().port().number() + ", outcomes in purser.outcomes.v1");
        }
        if (plan.sandbox().ours()) {
            out.println("  http://127.0.0.1:" + plan.sandbox().port().number()
                    + "/_sandbox/ledger   what the pretend CoCalc sold");
        }
        out.println("  data/purser.log");
        if (!plan.exit()) {
            out.println("\nCtrl-C stops everything; data/ keeps it for the next time.");
        }
    }
}
