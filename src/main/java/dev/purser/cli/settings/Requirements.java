package dev.purser.cli.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be set before Purser can serve. */
public final class Requirements {

    /** @param meaning what to set the variable to */
    public record Need(String variable, String meaning) {}

    private Requirements() {}

    /** One message that names all that is lacking and what to do, or nothing. */
    public static Optional<String> lackingIn(Settings settings) {
        List<Need> lacking = needsOf(settings);
        return lacking.isEmpty() ? Optional.empty() : Optional.of(message(lacking));
    }

    /** Each thing that is lacking. */
    public static List<Need> needsOf(Settings settings) {
        List<Need> lacking = new ArrayList<>();
        if (!settings.has("quarkus.datasource.jdbc.url")) {
            lacking.add(new Need(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    "the PostgreSQL that keeps the orders, e.g. jdbc:postgresql://db:5432/purser"
                            + " (with QUARKUS_DATASOURCE_USERNAME and _PASSWORD)"));
        }
        if (!settings.has("purser.cocalc.url")) {
            lacking.add(new Need("PURSER_COCALC_URL", "the API to buy from, e.g. https://cocalc.com/api/v2"));
        }
        if (settings.purchasingAccounts().isEmpty()) {
            lacking.add(new Need(
                    "PURSER_ACCOUNTS_<NAME>_API_KEY",
                    "the key to buy with, e.g. PURSER_ACCOUNTS_MAIN_API_KEY, or a file that holds it:"
                            + " PURSER_ACCOUNTS_MAIN_API_KEY_FILE"));
        }
        if (settings.is("purser.kafka.enabled", true) && !settings.has("kafka.bootstrap.servers")) {
            lacking.add(new Need(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "the brokers, e.g. kafka:9092; or PURSER_KAFKA_ENABLED=false for CSV and HTTP only"));
        }
        return lacking;
    }

    /** A process that ends itself is for rehearsals: in a package built for production somebody must have meant it. */
    public static Optional<String> againstFailpoints(Settings settings, boolean isForRehearsals) {
        return isForRehearsals
                        || !settings.has("purser.failpoint")
                        || settings.is("purser.failpoint-in-production", false)
                ? Optional.empty()
                : Optional.of(
                        "Purser cannot start. PURSER_FAILPOINT is set, which makes it end itself, and this package was"
                                + " built for production. Unset it, or set PURSER_FAILPOINT_IN_PRODUCTION=true, too.\n");
    }

    private static String message(List<Need> lacking) {
        StringBuilder message = new StringBuilder("Purser cannot start, because this is not set:\n\n");
        lacking.forEach(need -> message.append("  ")
                .append(need.variable())
                .append("\n      ")
                .append(need.meaning())
                .append('\n'));
        return message.append(
                        "\nSet it in the environment (or in .env or config/application.properties) and start again.\n")
                .append("To see Purser at work without any of it: java -jar quarkus-run.jar demo\n")
                .toString();
    }
}
