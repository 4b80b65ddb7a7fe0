package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Whether Kafka answers and has the topics of the contract. */
final class KafkaCheck implements Check {

    private static final String AREA = "kafka";
    private static final Duration TO_ANSWER = Duration.ofSeconds(8);

    /** Without Kafka orders come by CSV and HTTP, and outcomes wait; so nothing of this keeps Purser from buying. */
    private static final List<String> TOPICS = Stream.of(
                    "orders", "outcomes", "commands", "results", "reconciliation", "dead-letters")
            .map(word -> "purser." + word + ".v1")
            .toList();

    /** How the routes are told to reach a broker that asks who they are. */
    private static final List<String> SECURITY = List.of(
            "security-protocol",
            "sasl-mechanism",
            "sasl-jaas-config",
            "ssl-truststore-location",
            "ssl-truststore-password",
            "ssl-truststore-type",
            "ssl-keystore-location",
            "ssl-keystore-password",
            "ssl-keystore-type",
            "ssl-key-password");

    private final Settings settings;

    KafkaCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Finding> look() {
        if (!settings.is("purser.kafka.enabled", true)) {
            return List.of(Finding.ok(AREA, "Switched off (PURSER_KAFKA_ENABLED=false): CSV and HTTP only."));
        }
        String brokers = settings.find("kafka.bootstrap.servers").orElse("");
        if (brokers.isEmpty()) {
            return List.of();
        }
        try (Admin kafka = Admin.create(reaching(brokers))) {
            Set<String> topics = kafka.listTopics().names().get();
            List<Finding> found = new ArrayList<>();
            found.add(Finding.ok(
                    AREA, kafka.describeCluster().nodes().get().size() + " broker(s) answer at " + brokers + "."));
            found.add(topics(topics, brokers));
            return found;
        } catch (ExecutionException e) {
            return List.of(
                    e.getCause() instanceof TimeoutException
                            ? away(brokers, "none did within " + TO_ANSWER.toSeconds() + " s.")
                            : away(brokers, innermost(e)));
        } catch (KafkaException e) {
            return List.of(Finding.misconfigured(
                    AREA,
                    "KAFKA_BOOTSTRAP_SERVERS cannot be used: " + innermost(e) + ".",
                    "Write it like kafka:9092, with a comma between two."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(away(brokers, "interrupted"));
        }
    }

    private Map<String, Object> reaching(String brokers) {
        Map<String, Object> reaching = new HashMap<>();
        reaching.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        reaching.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TO_ANSWER.toMillis());
        reaching.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TO_ANSWER.toMillis() / 2);
        for (String name : SECURITY) {
            settings.find("camel.component.kafka." + name)
                    .ifPresent(value -> reaching.put(name.replace('-', '.'), value));
        }
        return reaching;
    }

    private static Finding topics(Set<String> there, String brokers) {
        Set<String> lacking = new TreeSet<>(TOPICS);
        lacking.removeAll(there);
        return lacking.isEmpty()
                ? Finding.ok(AREA, "All " + TOPICS.size() + " topics are there.")
                : Finding.warn(
                        AREA,
                        "Topics are not there: " + String.join(", ", lacking) + ".",
                        "Create each (kafka-topics.sh --bootstrap-server " + brokers
                                + " --create --topic …), unless the brokers create them when they are first used.");
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : innermost(cause);
    }

    private static Finding away(String brokers, String why) {
        return Finding.fail(
                AREA,
                "No broker answers at " + brokers + ": " + why,
                "Start Kafka there, or correct KAFKA_BOOTSTRAP_SERVERS. Until then CSV and HTTP go on and outcomes wait.");
    }
}
