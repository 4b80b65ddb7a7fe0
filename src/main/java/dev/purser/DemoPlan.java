package dev.purser;

import dev.purser.cli.settings.Settings;
import dev.purser.console.access.Exposure;
import dev.purser.embedded.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the demo brings along: whatever no variable replaces.
 *
 * @param samples whether {@code samples/} is fed; never by itself to a CoCalc that is not ours
 * @param exit whether to stop once every sample order is answered
 */
record DemoPlan(
        Part postgres, Part kafka, Part sandbox, Port http, boolean kafkaEnabled, boolean samples, boolean exit) {

    static final Path DATA = Path.of("data");
    static final Path SAMPLES = Path.of("samples");

    /** @param ours started by the demo, on {@code port}; else somebody else runs it */
    record Part(boolean ours, Port port) {
        Stream<Port> portIfOurs() {
            return ours ? Stream.of(port) : Stream.empty();
        }
    }

    static DemoPlan of(Settings settings) {
        boolean kafkaEnabled = settings.is("purser.kafka.enabled", true);
        boolean sandbox = !settings.has("purser.cocalc.url");
        return new DemoPlan(
                new Part(
                        !settings.has("quarkus.datasource.jdbc.url"),
                        Port.of(settings, "purser.embedded.postgres.port", 15432)),
                new Part(
                        kafkaEnabled && !settings.has("kafka.bootstrap.servers"),
                        Port.of(settings, "purser.embedded.kafka.port", 19092)),
                new Part(sandbox, Port.of(settings, "purser.sandbox.port", 8081)),
                Port.of(settings, "quarkus.http.port", 8080),
                kafkaEnabled,
                settings.is("purser.demo.samples", sandbox),
                settings.is("purser.demo.exit", false));
    }

    /** A demo that was killed leaves its PostgreSQL running, on the port that this one needs. */
    void clearAway() {
        if (postgres.ours() && isPostgresAboard()) {
            PostgresServer.stopWhatAKilledRunLeft(postgresDirectory());
        }
    }

    static Path postgresDirectory() {
        return DATA.resolve("postgres");
    }

    /** Not in a package that was built for production. */
    static boolean isPostgresAboard() {
        return onClassPath("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
    }

    /** Everything that stands in the way, for a person. */
    Optional<String> refusal(Settings settings) {
        List<String> reasons = new ArrayList<>();
        if (!sandbox.ours() && settings.purchasingAccounts().isEmpty()) {
            reasons.add("PURSER_COCALC_URL is set, so the demo buys there: set PURSER_ACCOUNTS_MAIN_API_KEY, the key to"
                    + " buy with, too. Without PURSER_COCALC_URL the demo brings a pretend CoCalc along.");
        }
        if ((postgres.ours() && !isPostgresAboard())
                || (kafka.ours() && !onClassPath("kafka.server.KafkaRaftServer"))) {
            reasons.add("This package was built for production and has no PostgreSQL and no Kafka inside. Set"
                    + " QUARKUS_DATASOURCE_JDBC_URL and KAFKA_BOOTSTRAP_SERVERS, or build with 'mvn -Pdemo'.");
        }
        if (samples && !Files.isDirectory(SAMPLES)) {
            reasons.add("There is no directory samples/ here. Start the demo where Purser was cloned to, or set"
                    + " PURSER_DEMO_SAMPLES=false.");
        }
        Stream.of(postgres.portIfOurs(), kafka.portIfOurs(), sandbox.portIfOurs(), Stream.of(http))
                .flatMap(ports -> ports)
                .flatMap(port -> port.refusal().stream())
                .forEach(reasons::add);
        Exposure.refusal(
                        settings.find("quarkus.http.host").orElse("127.0.0.1"), settings.find("purser.api.tokens-file"))
                .ifPresent(reasons::add);
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join(System.lineSeparator(), reasons));
    }

    private static boolean onClassPath(String name) {
        try {
            Class.forName(name, false, DemoPlan.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
