package dev.purser.kernel.deadletter;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inputs that could not be understood, kept whole with their reason. */
@ApplicationScoped
public class DeadLetters {

    private static final String COLUMNS =
            "id, topic, partition, record_offset, key, length(value), reason, attempts, state,"
                    + " created_at, published_at, decided_at, decided_by, note";

    private final EntityManager db;
    private final Clock clock;

    DeadLetters(EntityManager db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** How many wait for somebody to look at them. */
    public long count() {
        return QuarkusTransaction.joiningExisting()
                .call(() -> ((Number) db.createNativeQuery("select count(*) from dead_letter where state = 'OPEN'")
                                .getSingleResult())
                        .longValue());
    }

    /** Keeps the record, once; it is told on the dead-letter topic soon after the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void keep(TopicRecord record, String reason) {
        db.createNativeQuery("""
                        insert into dead_letter (topic, partition, record_offset, digest, key, value, headers, reason, created_at)
                        values (:topic, :partition, :offset, :digest, :key, :value, cast(:headers as jsonb), :reason, now())
                        on conflict do nothing""")
                .setParameter("topic", record.topic())
                .setParameter("partition", record.partition())
                .setParameter("offset", record.offset())
                .setParameter("digest", digest(record))
                .setParameter("key", record.key())
                .setParameter("value", record.value())
                .setParameter("headers", HeadersJson.write(record.headers()))
                .setParameter("reason", reason)
                .executeUpdate();
    }

    /** Newest first. @param before the id that the page before ended with */
    @Transactional
    @SuppressWarnings("unchecked")
    public List<DeadLetter> page(Letters letters, @Nullable Long before, int limit) {
        Query query = select(COLUMNS, letters, "id < coalesce(:bound, id + 1) order by id desc", before);
        return ((List<Object[]>) query.setMaxResults(limit).getResultList())
                .stream().map(DeadLetters::letter).toList();
    }

    /** Oldest first, so that many are replayed in the order in which they came. @param after the id that was looked at last */
    @Transactional
    @SuppressWarnings("unchecked")
    public List<Long> ids(Letters letters, @Nullable Long after, int limit) {
        Query query = select("id", letters, "id > coalesce(:bound, id - 1) order by id", after);
        return (List<Long>) query.setMaxResults(limit).getResultList();
    }

    private Query select(String columns, Letters letters, String rest, @Nullable Long bound) {
        String sql = "select " + columns
                + " from dead_letter where (cast(:topic as text) is null or topic = :topic)"
                + " and (cast(:state as text) is null or state = :state)"
                + " and (cast(:reason as text) is null or position(lower(:reason) in lower(reason)) > 0) and "
                + rest.replace(":bound", "cast(:bound as bigint)");
        return db.createNativeQuery(sql)
                .setParameter("topic", letters.topic())
                .setParameter(
                        "state",
                        letters.state() == null ? null : letters.state().name())
                .setParameter("reason", letters.reason())
                .setParameter("bound", bound);
    }

    @Transactional
    public Optional<DeadLetter> find(long id) {
        return row("select " + COLUMNS + " from dead_letter where id = :id", id).map(DeadLetters::letter);
    }

    /** As the broker gave it, but for the time: that is when it was kept. */
    @Transactional
    public Optional<TopicRecord> original(long id) {
        return row("""
                        select topic, partition, record_offset, created_at, key, value, cast(headers as text)
                          from dead_letter where id = :id""", id)
                .map(row -> new TopicRecord(
                        (String) row[0],
                        (Integer) row[1],
                        (Long) row[2],
                        (Instant) row[3],
                        (byte[]) row[4],
                        (byte[]) row[5],
                        HeadersJson.read((String) row[6])));
    }

    /** Its state, locked until the transaction ends. */
    Optional<DeadLetter> lock(long id) {
        return row("select " + COLUMNS + " from dead_letter where id = :id for update", id)
                .map(DeadLetters::letter);
    }

    void decide(long id, DeadLetter.State state, String actor, String note) {
        db.createNativeQuery(
                        "update dead_letter set state = :state, decided_at = :now, decided_by = :actor, note = :note"
                                + " where id = :id")
                .setParameter("state", state.name())
                .setParameter("now", clock.instant())
                .setParameter("actor", actor)
                .setParameter("note", note)
                .setParameter("id", id)
                .executeUpdate();
    }

    void triedInVain(long id, String reason) {
        db.createNativeQuery("update dead_letter set attempts = attempts + 1, reason = :reason where id = :id")
                .setParameter("reason", reason)
                .setParameter("id", id)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked")
    private Optional<Object[]> row(String sql, long id) {
        return ((List<Object[]>)
                        db.createNativeQuery(sql).setParameter("id", id).getResultList())
                .stream().findFirst();
    }

    private static DeadLetter letter(Object[] row) {
        return new DeadLetter(
                (Long) row[0],
                (String) row[1],
                (Integer) row[2],
                (Long) row[3],
                (byte[]) row[4],
                (Integer) row[5],
                (String) row[6],
                (Integer) row[7],
                DeadLetter.State.valueOf((String) row[8]),
                (Instant) row[9],
                (Instant) row[10],
                (Instant) row[11],
                (String) row[12],
                (String) row[13]);
    }

    private static String digest(TopicRecord record) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, record.key());
            add(digest, record.value());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, byte @Nullable [] part) {
        digest.update((part == null ? "-" : part.length + ":").getBytes(StandardCharsets.US_ASCII));
        if (part != null) {
            digest.update(part);
        }
    }
}
