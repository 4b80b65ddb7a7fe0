package dev.purser.outcomes;

import dev.purser.kernel.deadletter.DeadLetterPost;
import dev.purser.kernel.deadletter.Undelivered;
import dev.purser.outcomes.Outbox.Due;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.kafka.CloudEventSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** CloudEvents 1.0 from the outbox to the topic that each is for, and dead letters to theirs. */
@ApplicationScoped
public class OutcomesRoutes extends EndpointRouteBuilder {

    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;
    /** A topic that is not there must not hold up the others for a minute, which is Kafka's own patience. */
    private static final int PATIENCE_MILLIS = 5_000;
    /** Within the time that {@link Outbox} leaves of its lease. */
    private static final int REQUEST_MILLIS = 4_000;

    private final Outbox outbox;
    private final DeadLetterPost deadLetters;
    private final boolean enabled;
    private final Encoding mode;

    OutcomesRoutes(
            Outbox outbox,
            DeadLetterPost deadLetters,
            @ConfigProperty(name = "purser.kafka.enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "purser.events-mode", defaultValue = "binary") String mode) {
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.enabled = enabled;
        this.mode = encoding(mode);
    }

    private static Encoding encoding(String mode) {
        return switch (mode.strip().toLowerCase(Locale.ROOT)) {
            case "binary" -> Encoding.BINARY;
            case "structured" -> Encoding.STRUCTURED;
            default -> throw new IllegalArgumentException("PURSER_EVENTS_MODE must be binary or structured");
        };
    }

    @Override
    public void configure() {
        from(timer("outcomes").period(250))
                .routeId("outcomes.publish")
                .autoStartup(enabled)
                .bean(outbox, "due")
                .split(body())
                .setProperty("flight", body())
                .setBody()
                .body(Flight.class, this::records)
                .doTry()
                .to(announcements())
                .setBody(exchangeProperty("flight"))
                .bean(outbox, "published")
                .doCatch(Exception.class)
                .process(this::refused)
                .end();

        from(timer("outcomes.deadletters").period(250))
                .routeId("outcomes.deadletters")
                .autoStartup(enabled)
                .bean(deadLetters, "due")
                .split(body())
                .stopOnException()
                .setProperty("letter", body())
                .setHeader(KafkaConstants.KEY)
                .body(Undelivered.class, Undelivered::key)
                .doTry()
                .to(deadLetterTopic())
                .setBody(exchangeProperty("letter"))
                .bean(deadLetters, "delivered")
                .doCatch(RecordTooLargeException.class)
                .setBody(exchangeProperty("letter"))
                .bean(deadLetters, "tooLarge")
                .end();
    }

    private EndpointProducerBuilder announcements() {
        return kafka(Topic.OUTCOMES.address())
                .requestRequiredAcks("all")
                .maxBlockMs(PATIENCE_MILLIS)
                .requestTimeoutMs(REQUEST_MILLIS)
                .deliveryTimeoutMs(PATIENCE_MILLIS)
                .valueSerializer(EventWriter.class.getName())
                .additionalProperties(CloudEventSerializer.ENCODING_CONFIG, mode.name())
                .advanced()
                .synchronous(true);
    }

    private EndpointProducerBuilder deadLetterTopic() {
        return kafka("purser.dead-letters.v1")
                .requestRequiredAcks("all")
                .maxRequestSize(LARGEST_REQUEST)
                .maxBlockMs(PATIENCE_MILLIS)
                .keySerializer(ByteArraySerializer.class.getName())
                .valueSerializer(Undelivered.AsItCame.class.getName())
                .advanced()
                .synchronous(true);
    }

    /** Handed out one by one while they are sent, so that a flight ends where its time is up. */
    private Iterator<Message> records(Flight flight) {
        return StreamSupport.stream(flight.spliterator(), false)
                .map(this::record)
                .iterator();
    }

    private Message record(Due due) {
        Message record = new DefaultMessage(getCamelContext());
        record.setHeader(KafkaConstants.KEY, due.key());
        record.setHeader(KafkaConstants.OVERRIDE_TOPIC, due.topic().address());
        record.setBody(due.event());
        return record;
    }

    private void refused(Exchange exchange) {
        outbox.refused(
                exchange.getProperty("flight", Flight.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }
}
