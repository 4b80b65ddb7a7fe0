package dev.purser.automation;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/** The clock behind commands: the database is the queue, and it is asked four times a second. */
@ApplicationScoped
class AutomationRoutes extends EndpointRouteBuilder {

    private final Worker worker;
    private final Schedules schedules;

    AutomationRoutes(Worker worker, Schedules schedules) {
        this.worker = worker;
        this.schedules = schedules;
    }

    @Override
    public void configure() {
        from(timer("automation.work").period(250)).routeId("automation.work").bean(worker, "turn");

        from(timer("automation.schedules").period(1_000))
                .routeId("automation.schedules")
                .bean(schedules, "fire");
    }
}
