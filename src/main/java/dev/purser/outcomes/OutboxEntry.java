package dev.purser.outcomes;

import dev.purser.kernel.bulk.CopyRows;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** An announcement that waits for the broker. Written in the transaction of the change that it tells. */
@Entity
@Table(name = "outbox")
public class OutboxEntry extends PanacheEntityBase {

    private static final URI SOURCE = URI.create("/purser");

    /** Identity, not a pooled sequence: the numbers must rise in the order of the changes of one order. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Enumerated(EnumType.STRING)
    Topic topic;

    @Column(name = "event_id")
    String eventId;

    String type;
    String key;

    @Column(name = "correlation_id")
    @Nullable
    String correlationId;

    @Column(name = "occurred_at")
    Instant occurredAt;

    String data;

    @SuppressWarnings("NullAway.Init")
    protected OutboxEntry() {}

    private OutboxEntry(Announcement announcement) {
        topic = announcement.topic();
        eventId = announcement.id();
        type = announcement.type();
        key = announcement.key();
        correlationId = announcement.correlationId();
        occurredAt = announcement.at();
        data = Capped.data(announcement.data());
    }

    Outbox.Due due() {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(eventId)
                .withType(type)
                .withSource(SOURCE)
                .withSubject(key)
                .withTime(occurredAt.atOffset(ZoneOffset.UTC))
                .withData("application/json", data.getBytes(StandardCharsets.UTF_8));
        if (correlationId != null) {
            event.withExtension("correlationid", correlationId);
        }
        return new Outbox.Due(Objects.requireNonNull(id), topic, key, event.build());
    }

    public static void append(Announcement announcement) {
        new OutboxEntry(announcement).persist();
    }

    /** Many at once, for intake. */
    public static void appendAll(List<Announcement> announcements) {
        getEntityManager().unwrap(Session.class).doWork(connection -> {
            try (CopyRows rows = new CopyRows(
                    connection, "outbox (topic, event_id, type, key, correlation_id, occurred_at, data)")) {
                for (Announcement each : announcements) {
                    rows.with(each.topic())
                            .with(each.id())
                            .with(each.type())
                            .with(each.key())
                            .with(each.correlationId())
                            .with(each.at())
                            .with(Capped.data(each.data()))
                            .end();
                }
                rows.arrive();
            }
        });
    }
}
