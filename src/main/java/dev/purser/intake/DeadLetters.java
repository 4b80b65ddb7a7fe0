package dev.purser.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Inputs that could not be understood, kept whole with their reason. */
@ApplicationScoped
public class DeadLetters {

    private final EntityManager db;

    DeadLetters(EntityManager db) {
        this.db = db;
    }

    /** How many wait for somebody to look at them. */
    public long count() {
        return QuarkusTransaction.joiningExisting()
                .call(() -> ((Number) db.createNativeQuery("select count(*) from dead_letter where state = 'OPEN'")
                                .getSingleResult())
                        .longValue());
    }

    /** Keeps the record, once. Answers the letter unless it has been published already. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<DeadLetter> keep(TopicRecord record, String reason) {
        String digest = digest(record);
        db.createNativeQuery("""
                        insert into dead_letter (topic, partition, record_offset, digest, key, value, headers, reason, created_at)
                        values (:topic, :partition, :offset, :digest, :key, :value, cast(:headers as jsonb), :reason, now())
                        on conflict do nothing""")
                .setParameter("topic", record.topic())
                .setParameter("partition", record.partition())
                .setParameter("offset", record.offset())
                .setParameter("digest", digest)
                .setParameter("key", record.key())
                .setParameter("value", record.value())
                .setParameter("headers", json(record.headers()))
                .setParameter("reason", reason)
                .executeUpdate();
        return unpublished(record, digest);
    }

    @SuppressWarnings("unchecked")
    private Optional<DeadLetter> unpublished(TopicRecord record, String digest) {
        List<Object[]> rows = db.createNativeQuery("""
                        select id, reason, attempts from dead_letter
                         where topic = :topic and partition = :partition and record_offset = :offset and digest = :digest
                           and published_at is null""")
                .setParameter("topic", record.topic())
                .setParameter("partition", record.partition())
                .setParameter("offset", record.offset())
                .setParameter("digest", digest)
                .getResultList();
        return rows.stream().findFirst().map(row -> new DeadLetter((Long) row[0], (String) row[1], (Integer) row[2]));
    }

    void published(long id) {
        QuarkusTransaction.requiringNew()
                .run(() -> db.createNativeQuery("update dead_letter set published_at = now() where id = :id")
                        .setParameter("id", id)
                        .executeUpdate());
    }

    /** All headers, also those with the same name, as bytes: they need not be text. */
    private static String json(Headers headers) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Header header : headers) {
            byte[] value = header.value();
            json.addObject()
                    .put("name", header.key().replace('\0', '\uFFFD'))
                    .put("base64", value == null ? null : Base64.getEncoder().encodeToString(value));
        }
        return json.toString();
    }

    private static String digest(TopicRecord record) {
        MessageDigest digest = FileLook.newDigest();
        add(digest, record.key());
        add(digest, record.value());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte @Nullable [] part) {
        digest.update((part == null ? "-" : part.length + ":").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        if (part != null) {
            digest.update(part);
        }
    }
}
