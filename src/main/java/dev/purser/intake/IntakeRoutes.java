package dev.purser.intake;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What partners send: files by {@code intake.csv} and {@code intake.results}, events by {@code intake.kafka}. */
@ApplicationScoped
class IntakeRoutes extends EndpointRouteBuilder {

    static final String DROP = "file:data/inbox";
    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;
    private static final String DEAD_LETTER = "dlq-id";

    private final FileDesk desk;
    private final StableFiles stable;
    private final OrdersTopic topic;
    private final DeadLetters deadLetters;
    private final String dropUri;
    private final boolean kafka;

    IntakeRoutes(
            FileDesk desk,
            StableFiles stable,
            OrdersTopic topic,
            DeadLetters deadLetters,
            @ConfigProperty(name = "purser.drop-uri", defaultValue = DROP) String dropUri,
            @ConfigProperty(name = "purser.kafka.enabled", defaultValue = "true") boolean kafka) {
        this.desk = desk;
        this.stable = stable;
        this.topic = topic;
        this.deadLetters = deadLetters;
        this.dropUri = Inbox.checked(dropUri);
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
        GenericFileFilter<File> whole = file -> stable.isWhole(file.getFile().toPath());
        getContext().getRegistry().bind("intakeWhole", whole);

        // Only looks: the file is claimed by a rename of ours, which tells who was first.
        from(dropUri + (dropUri.contains("?") ? "&" : "?")
                        + "filter=#intakeWhole&noop=true&idempotent=false&readLock=none&initialDelay=250&delay=250")
                .routeId("intake.csv")
                .process(this::takeFile);

        from(timer("intake.results").delay(500).period(500))
                .routeId("intake.results")
                .process(exchange -> desk.lookAround());

        // RETRY: a failed poll must not seek past what was not read. Without a commit factory only our own line
        // commits, on this
        // thread and after the database; breakOnFirstError reads a record again that could not be stored.
        from(kafka("purser.orders.v1")
                        .groupId("purser")
                        .autoOffsetReset("earliest")
                        .autoCommitEnable(false)
                        .allowManualCommit(true)
                        .breakOnFirstError(true)
                        .pollOnError(PollOnError.RETRY)
                        .maxPollRecords(200)
                        .keyDeserializer(ByteArrayDeserializer.class.getName())
                        .valueDeserializer(ByteArrayDeserializer.class.getName()))
                .routeId("intake.kafka")
                .autoStartup(kafka)
                .process(this::takeRecord)
                .filter(header(DEAD_LETTER).isNotNull())
                .doTry()
                .to(deadLetterTopic())
                .doCatch(RecordTooLargeException.class)
                .process(this::withoutValue)
                .to(deadLetterTopic())
                .end()
                .process(this::published)
                .end()
                .process(this::commit);
    }

    /** Synchronous, so that the commit after it stays on the consumer's thread. */
    private EndpointProducerBuilder deadLetterTopic() {
        return kafka("purser.dead-letters.v1")
                .requestRequiredAcks("all")
                .enableIdempotence(true)
                .maxRequestSize(LARGEST_REQUEST)
                .keySerializer(ByteArraySerializer.class.getName())
                .valueSerializer(ByteArraySerializer.class.getName())
                .advanced()
                .synchronous(true);
    }

    private void takeFile(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof GenericFile<?> file && file.getFile() instanceof File dropped) {
            desk.take(dropped);
        }
    }

    private void takeRecord(Exchange exchange) {
        Message message = exchange.getMessage();
        TopicRecord record = record(message);
        Optional<DeadLetter> dead = topic.take(record);
        message.removeHeader(DEAD_LETTER);
        dead.ifPresent(letter -> {
            message.setHeader(DEAD_LETTER, Long.toString(letter.id()));
            message.setHeader("dlq-reason", letter.reason());
            message.setHeader("dlq-attempts", Integer.toString(letter.attempts()));
            message.setHeader("kafka_dlt-original-topic", record.topic());
            message.setHeader("kafka_dlt-original-partition", Integer.toString(record.partition()));
            message.setHeader("kafka_dlt-original-offset", Long.toString(record.offset()));
        });
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

    /** Larger than the broker takes with our headers: the table has all of it. */
    private void withoutValue(Exchange exchange) {
        exchange.getMessage().setBody(null);
        exchange.getMessage().setHeader("dlq-value-omitted", "too large for the topic; see the table dead_letter");
    }

    private void published(Exchange exchange) {
        deadLetters.published(Long.parseLong(exchange.getMessage().getHeader(DEAD_LETTER, String.class)));
    }

    @Failpoint(Step.OFFSET)
    void commit(Exchange exchange) {
        exchange.getMessage()
                .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                .commit();
    }
}
