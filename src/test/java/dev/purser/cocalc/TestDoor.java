package dev.purser.cocalc;

import dev.purser.kernel.failpoint.Failpoints;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;

/** The real door with its real route, leading to a server of the test's choice. */
final class TestDoor implements AutoCloseable {

    static final String KEY = "sk-CanaryKey0123456789abcd";
    static final Duration TIMEOUT = Duration.ofMillis(1_500);

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final HttpDoor door;
    private final DefaultCamelContext camel = new DefaultCamelContext();

    TestDoor(String url, Dialect dialect) {
        this(url, dialect, Map.of("PURSER_ACCOUNTS_MAIN_API_KEY", KEY));
    }

    TestDoor(String url, Dialect dialect, Map<String, String> environment) {
        CoCalcConfig config = config(url, dialect);
        Keys keys = keys(environment);
        try {
            camel.addRoutes(new CoCalcRoutes(config, keys));
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        door = new HttpDoor(config, keys, camel.createProducerTemplate(), metrics, Failpoints.off());
    }

    CoCalc cocalc() {
        return door.as("main");
    }

    @Override
    public void close() {
        camel.stop();
    }

    static Keys keys(Map<String, String> properties) {
        return new Keys(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build());
    }

    static CoCalcConfig config(String url, Dialect dialect) {
        return new CoCalcConfig() {
            @Override
            public Optional<String> url() {
                return Optional.ofNullable(url);
            }

            @Override
            public Duration timeout() {
                return TIMEOUT;
            }

            @Override
            public Duration longestRequest() {
                return Duration.ofSeconds(60);
            }

            @Override
            public Dialect dialect() {
                return dialect;
            }
        };
    }
}
