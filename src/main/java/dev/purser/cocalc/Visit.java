package dev.purser.cocalc;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The door where nothing else of Purser runs, for whoever only looks: the same route, time-outs and reading. Its quote asks for the
 * price of the living dialect and for nothing instead.
 */
public final class Visit implements AutoCloseable {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final HttpDoor door;
    private volatile @Nullable Instant date;

    private Visit(CoCalcConfig config, Keys keys) {
        try {
            camel.addRoutes(new CoCalcRoutes(config, keys));
            camel.start();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the route to CoCalc does not start", e);
        }
        ProducerTemplate producer = camel.createProducerTemplate();
        door = new HttpDoor(
                config.dialect(),
                keys,
                call -> noted(producer.requestBody(CoCalcRoutes.CALL, call, Reply.class)),
                new SimpleMeterRegistry());
    }

    /** @throws IllegalArgumentException naming the variable that cannot be meant */
    public static Visit by(Config settings) {
        Keys keys = new Keys(settings);
        return new Visit(
                new Given(
                        settings.getOptionalValue("purser.cocalc.url", String.class),
                        duration(settings, "purser.cocalc.timeout", CoCalcConfig.DEFAULT_TIMEOUT),
                        duration(settings, "purser.cocalc.longest-request", CoCalcConfig.DEFAULT_LONGEST_REQUEST)),
                keys);
    }

    public CoCalcDoor door() {
        return door;
    }

    /** CoCalc's clock at its last answer, to the second; empty when it did not say. */
    public Optional<Instant> date() {
        return Optional.ofNullable(date);
    }

    private Reply noted(Reply reply) {
        try {
            date = reply.date() == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(reply.date()));
        } catch (DateTimeParseException e) {
            date = null;
        }
        return reply;
    }

    private static Duration duration(Config settings, String name, String otherwise) {
        return DurationConverter.parseDuration(
                settings.getOptionalValue(name, String.class).orElse(otherwise));
    }

    @Override
    public void close() {
        camel.stop();
    }

    private record Given(Optional<String> url, Duration timeout, Duration longestRequest) implements CoCalcConfig {
        @Override
        public Dialect dialect() {
            return Dialect.LIVING;
        }
    }
}
