package dev.purser.outcomes;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An announcement that waits for the broker. Written in the transaction of the change that it tells. */
@Entity
@Table(name = "outbox")
public class OutboxEntry extends PanacheEntityBase {

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
        data = announcement.data();
    }

    Outbox.Due due() {
        return new Outbox.Due(
                Objects.requireNonNull(id),
                topic.address(),
                eventId,
                type,
                key,
                correlationId,
                occurredAt.toString(),
                data);
    }

    public static void append(Announcement announcement) {
        new OutboxEntry(announcement).persist();
    }

    /** Set-based, for intake. */
    public static void appendAll(List<Announcement> announcements) {
        getEntityManager()
                .createNativeQuery("""
                        insert into outbox (topic, event_id, type, key, correlation_id, occurred_at, data)
                        select * from unnest(cast(:topics as text[]), cast(:ids as text[]), cast(:types as text[]),
                                             cast(:keys as text[]), cast(:correlations as text[]),
                                             cast(:times as timestamptz[]), cast(:data as text[]))""")
                .setParameter(
                        "topics",
                        announcements.stream().map(a -> a.topic().name()).toArray(String[]::new))
                .setParameter(
                        "correlations",
                        announcements.stream().map(Announcement::correlationId).toArray(String[]::new))
                .setParameter(
                        "ids", announcements.stream().map(Announcement::id).toArray(String[]::new))
                .setParameter(
                        "types", announcements.stream().map(Announcement::type).toArray(String[]::new))
                .setParameter(
                        "keys", announcements.stream().map(Announcement::key).toArray(String[]::new))
                .setParameter(
                        "times",
                        announcements.stream().map(a -> a.at().toString()).toArray(String[]::new))
                .setParameter(
                        "data", announcements.stream().map(Announcement::data).toArray(String[]::new))
                .executeUpdate();
    }
}
