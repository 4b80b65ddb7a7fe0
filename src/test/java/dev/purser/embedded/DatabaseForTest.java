package dev.purser.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What an application in the test's own process needs at least: a PostgreSQL of its own, and nobody else to talk to. */
public abstract class DatabaseForTest implements QuarkusTestResourceLifecycleManager {

    /** Where this test keeps its files. */
    protected final Path home = Path.of("target", "parts", UUID.randomUUID().toString());

    private PostgresServer postgres;

    /** More settings, and others in the place of the usual ones; the database runs by then. */
    protected abstract Map<String, String> settings();

    /** Quick; one that is to be measured writes as durably as its users' does. */
    protected PostgresServer database(Path directory) {
        return PostgresServer.fleeting(directory);
    }

    @Override
    public final Map<String, String> start() {
        postgres = database(home.resolve("postgres"));
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl(),
                "quarkus.datasource.username",
                postgres.username(),
                "quarkus.datasource.password",
                postgres.password(),
                "quarkus.http.test-port",
                "0",
                "purser.kafka.enabled",
                "false",
                "purser.drop-uri",
                "file:" + home.resolve("inbox").toAbsolutePath(),
                "purser.cocalc.url",
                "http://127.0.0.1:9/api/v2"));
        settings.putAll(settings());
        return settings;
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
