package dev.purser.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/** The clock behind provisioning: the database is the queue, and it is asked four times a second. */
@ApplicationScoped
public class ProvisioningRoutes extends EndpointRouteBuilder {

    private static final long PERIOD = 250;

    private final Resolver resolver;
    private final Provisioner provisioner;
    private final Handover handover;

    ProvisioningRoutes(Resolver resolver, Provisioner provisioner, Handover handover) {
        this.resolver = resolver;
        this.provisioner = provisioner;
        this.handover = handover;
    }

    @Override
    public void configure() {
        from(timer("resolve").period(PERIOD)).routeId("provisioning.resolve").bean(resolver, "resolve");

        from(timer("checkout").period(PERIOD)).routeId("provisioning.checkout").bean(provisioner, "tick");

        from(timer("handover").period(PERIOD)).routeId("provisioning.handover").bean(handover, "handOver");
    }
}
