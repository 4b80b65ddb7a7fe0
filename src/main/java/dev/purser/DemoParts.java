package dev.purser;

import dev.purser.cli.settings.Settings;
import dev.purser.embedded.KafkaBroker;
import dev.purser.embedded.PostgresServer;
import dev.purser.sandbox.Sandbox;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** The parts that the demo started, and the settings by which Purser finds them. */
final class DemoParts implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Whatever was started is stopped again when a later part fails. */
    static DemoParts start(DemoPlan plan, Settings settings, PrintStream out) {
        DemoParts parts = new DemoParts();
        try {
            if (plan.sandbox().ours()) {
                parts.startSandbox(plan, settings, out);
            }
            if (plan.postgres().ours()) {
                parts.startPostgres(plan, settings, out);
            }
            if (plan.kafka().ours()) {
                parts.startKafka(plan, settings, out);
            }
            return parts;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private void startSandbox(DemoPlan plan, Settings settings, PrintStream out) {
        Sandbox sandbox = Sandbox.start(
                plan.sandbox().port().number(), Clock.systemUTC(), DemoPlan.DATA.resolve("sandbox.jsonl"));
        started.push(sandbox);
        settings.supply("purser.cocalc.url", sandbox.url());
        new DemoAccounts(settings).register(sandbox.port());
        // Limits that let all samples pass but the one that is meant to be held.
        settings.supply("purser.budget.per-order", "500");
        settings.supply("purser.budget.per-day", "2000");
        settings.supply("purser.budget.per-month", "10000");
        // The sandbox answers at once, so a lost answer needs no minute of quiet.
        settings.supply("purser.cocalc.longest-request", "PT5S");
        out.println("  CoCalc      a pretend one, " + sandbox.url());
    }

    private void startPostgres(DemoPlan plan, Settings settings, PrintStream out) {
        PostgresServer postgres = PostgresServer.persistent(
                DemoPlan.postgresDirectory(), plan.postgres().port().number());
        started.push(postgres);
        settings.supply("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        settings.supply("quarkus.datasource.username", postgres.username());
        settings.supply("quarkus.datasource.password", postgres.password());
        out.println("  PostgreSQL  localhost:" + postgres.port() + ", database, user and password 'purser'");
    }

    private void startKafka(DemoPlan plan, Settings settings, PrintStream out) {
        KafkaBroker kafka = KafkaBroker.start(
                DemoPlan.DATA.resolve("kafka"), plan.kafka().port().number());
        started.push(kafka);
        settings.supply("kafka.bootstrap.servers", kafka.bootstrapServers());
        // The broker warns of what is usual when it starts and stops.
        settings.supply("quarkus.log.category.\"org.apache.kafka\".level", "ERROR");
        out.println("  Kafka       " + kafka.bootstrapServers());
    }

    /** In the opposite order; one that does not stop keeps no other from stopping. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                System.err.println(part.getClass().getSimpleName() + " did not stop cleanly: " + e.getMessage());
            }
        }
    }
}
