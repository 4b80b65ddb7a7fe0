package dev.purser.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The clock behind reconciliation. Quartz keeps it in the database, so that one of all instances begins what is due. */
@ApplicationScoped
public class ReconciliationRoutes extends EndpointRouteBuilder {

    private static final long LOOK_FOR_ORPHANS = 5_000;

    private final Schedule schedule;
    private final Cron cron;

    ReconciliationRoutes(
            Schedule schedule,
            Clock clock,
            @ConfigProperty(name = "purser.reconciliation.cron", defaultValue = "0 30 3 * * ?") String cron) {
        this.schedule = schedule;
        this.cron = Cron.of(cron, clock.instant());
    }

    @Override
    public void configure() {
        from(quartz("reconciliation").cron(cron.expression()).advanced().triggerParameters("timeZone", "UTC"))
                .routeId("reconciliation.schedule")
                .bean(schedule, "begin");

        from(timer("resume").period(LOOK_FOR_ORPHANS))
                .routeId("reconciliation.resume")
                .bean(schedule, "resume");
    }
}
