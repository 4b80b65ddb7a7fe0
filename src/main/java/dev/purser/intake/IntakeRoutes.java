package dev.purser.intake;

import dev.purser.kernel.deadletter.TopicRecord;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What partners send: files by {@code intake.csv} and {@code intake.results}, events by {@code intake.kafka}. */
@ApplicationScoped
class IntakeRoutes extends EndpointRouteBuilder {

    static final String DROP = "file:data/inbox";

    private final FileDesk desk;
    private final StableFiles stable;
    private final OrdersTopic topic;
    private final Handful handful = new Handful();
    private final DropUri dropUri;
    private final boolean kafka;

    IntakeRoutes(
            FileDesk desk,
            StableFiles stable,
            OrdersTopic topic,
            @ConfigProperty(name = "purser.drop-uri", defaultValue = DROP) String dropUri,
            @ConfigProperty(name = "purser.kafka.enabled", defaultValue = "true") boolean kafka) {
        this.desk = desk;
        this.stable = stable;
        this.topic = topic;
        this.dropUri = new DropUri(dropUri);
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
        GenericFileFilter<Object> whole = file ->
                stable.isWhole(file.getFileName(), file.getFileLength(), Instant.ofEpochMilli(file.getLastModified()));
        getContext().getRegistry().bind("intakeWhole", whole);

        // Only looks: the file is claimed by a rename of ours, which tells who was first.
        from(watched()).routeId("intake.csv").process(this::takeFile);

        from(timer("intake.results").delay(500).period(500))
                .routeId("intake.results")
                .process(exchange -> desk.lookAround());

        // RETRY: a failed poll must not seek past what was not read. Without a commit factory only our own line
        // commits, on this thread and after the database; breakOnFirstError reads again what could not be stored.
        from(kafka(OrdersTopic.NAME)
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
                .process(this::takeRecord);
    }

    /** The endpoint as we watch it; what its own options say counts, and strangers are not trusted unless they say so. */
    private String watched() {
        DropUri watched = dropUri.with("filter", "#intakeWhole")
                .with("noop", "true")
                .with("idempotent", "false")
                .with("readLock", "none")
                .with("initialDelay", "250");
        return dropUri.isLocal()
                ? watched.with("delay", "250").text()
                : secure(watched)
                        .with("delay", "1000")
                        .with("download", "false")
                        .with("stepwise", "false")
                        .text();
    }

    private static DropUri secure(DropUri remote) {
        return remote.with("strictHostKeyChecking", "yes");
    }

    /** What stands beside the endpoint's folder stands where it does. */
    @Produces
    @Singleton
    static Shelves shelves(
            @ConfigProperty(name = "purser.drop-uri", defaultValue = DROP) String dropUri, CamelContext camel) {
        DropUri uri = new DropUri(dropUri);
        return uri.isLocal() ? new LocalShelves(uri.folder()) : new RemoteShelves(camel, secure(uri));
    }

    private void takeFile(Exchange exchange) {
        desk.take(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
    }

    /** Those of one poll are stored together: a transaction and a commit for each would be most of the work. */
    private void takeRecord(Exchange exchange) {
        Message message = exchange.getMessage();
        handful.add(record(message), message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)::commit);
        if (handful.isFull() || message.getHeader(KafkaConstants.LAST_POLL_RECORD, true, Boolean.class)) {
            commit(handful.store(topic::take));
        }
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

    @Failpoint(Step.OFFSET)
    void commit(List<Runnable> commits) {
        commits.forEach(Runnable::run);
    }
}
