package dev.purser.outcomes;

import dev.purser.outcomes.Outbox.Due;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** CloudEvents 1.0 in binary mode, from the outbox to the topic that each is for. */
@ApplicationScoped
public class OutcomesRoutes extends EndpointRouteBuilder {

    private final Outbox outbox;
    private final boolean enabled;

    OutcomesRoutes(
            Outbox outbox, @ConfigProperty(name = "purser.kafka.enabled", defaultValue = "true") boolean enabled) {
        this.outbox = outbox;
        this.enabled = enabled;
    }

    @Override
    public void configure() {
        from(timer("outcomes").period(250))
                .routeId("outcomes.publish")
                .autoStartup(enabled)
                .bean(outbox, "due")
                .split(body())
                .stopOnException()
                .setHeader("due", body())
                .setHeader(KafkaConstants.KEY)
                .body(Due.class, Due::key)
                .setHeader(KafkaConstants.OVERRIDE_TOPIC)
                .body(Due.class, Due::topic)
                .setHeader("ce_correlationid")
                .body(Due.class, Due::correlationId)
                .setHeader("ce_specversion", constant("1.0"))
                .setHeader("ce_id")
                .body(Due.class, Due::id)
                .setHeader("ce_type")
                .body(Due.class, Due::type)
                .setHeader("ce_source", constant("/purser"))
                .setHeader("ce_subject")
                .body(Due.class, Due::key)
                .setHeader("ce_time")
                .body(Due.class, Due::time)
                .setHeader("content-type", constant("application/json"))
                .setBody()
                .body(Due.class, Due::data)
                .to(kafka(Topic.OUTCOMES.address())
                        .requestRequiredAcks("all")
                        .advanced()
                        .synchronous(true))
                .setBody(header("due"))
                .bean(outbox, "published");
    }
}
