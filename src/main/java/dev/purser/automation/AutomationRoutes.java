package dev.purser.automation;

import dev.purser.kernel.deadletter.TopicRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Commands as they come from Kafka and from the clock, and the clock behind them: the database is the queue, asked four times a second. */
@ApplicationScoped
class AutomationRoutes extends EndpointRouteBuilder {

    private final CommandsTopic topic;
    private final Schedules schedules;
    private final Worker worker;
    private final boolean kafka;

    AutomationRoutes(
            CommandsTopic topic,
            Schedules schedules,
            Worker worker,
            @ConfigProperty(name = "purser.kafka.enabled", defaultValue = "true") boolean kafka) {
        this.topic = topic;
        this.schedules = schedules;
        this.worker = worker;
        this.kafka = kafka;
    }

    @Override
    public void configure() {
        errorHandler(defaultErrorHandler()
                .maximumRedeliveries(4)
                .redeliveryDelay(500)
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .retryAttemptedLogLevel(LoggingLevel.DEBUG)
                .logExhaustedMessageHistory(false)
                .logStackTrace(false));

        // As intake.kafka, and for its reasons: nothing is skipped, and only our own line commits, after the database.
        from(kafka(CommandsTopic.NAME)
                        .groupId("purser-commands")
                        .autoOffsetReset("earliest")
                        .autoCommitEnable(false)
                        .allowManualCommit(true)
                        .breakOnFirstError(true)
                        .pollOnError(PollOnError.RETRY)
                        .maxPollRecords(100)
                        .keyDeserializer(ByteArrayDeserializer.class.getName())
                        .valueDeserializer(ByteArrayDeserializer.class.getName()))
                .routeId("automation.commands")
                .autoStartup(kafka)
                .process(exchange -> topic.take(record(exchange.getMessage())))
                .process(AutomationRoutes::commit);

        from(timer("automation.schedules").period(1_000))
                .routeId("automation.schedules")
                .bean(schedules, "fire");

        from(timer("automation.work").period(250)).routeId("automation.work").bean(worker, "turn");
    }

    private static TopicRecord record(Message message) {
        return new TopicRecord(
                message.getHeader(KafkaConstants.TOPIC, String.class),
                message.getHeader(KafkaConstants.PARTITION, Integer.class),
                message.getHeader(KafkaConstants.OFFSET, Long.class),
                Instant.ofEpochMilli(message.getHeader(KafkaConstants.TIMESTAMP, Long.class)),
                message.getHeader(KafkaConstants.KEY, byte[].class),
                message.getBody(byte[].class),
                message.getHeader(KafkaConstants.HEADERS, Headers.class));
    }

    private static void commit(Exchange exchange) {
        exchange.getMessage()
                .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                .commit();
    }
}
