package dev.purser.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the routes run; that the database answers is a check of its own. Kafka is only reported: without it CSV and HTTP go on
 * and the outbox waits.
 */
@Readiness
@ApplicationScoped
class Ready implements HealthCheck {

    private final MeterRegistry registry;
    private final Broker broker;
    private volatile boolean started;

    Ready(MeterRegistry registry, Broker broker) {
        this.registry = registry;
        this.broker = broker;
    }

    void started(@Observes StartupEvent started) {
        this.started = true;
    }

    @Override
    public HealthCheckResponse call() {
        // By the gauge that Camel keeps, which is back at 0 while Purser stops.
        Gauge running = registry.find("camel.routes.running").gauge();
        long routes = running == null ? 0 : Math.round(running.value());
        return HealthCheckResponse.named("routes")
                .status(started && routes > 0)
                .withData("running", routes)
                .withData("kafka", broker.standing().word())
                .build();
    }
}
