package dev.purser.kernel.deadletter;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Hands dead letters to the publisher until the broker has them. At least once. */
@ApplicationScoped
public class DeadLetterPost {

    private final EntityManager db;

    DeadLetterPost(EntityManager db) {
        this.db = db;
    }

    /** What to publish now, claimed for a while by this instance. Few when they are large: they are all in memory at once. */
    @SuppressWarnings("unchecked")
    public List<Undelivered> due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((List<Object[]>) db.createNativeQuery("""
                        with waiting as (
                            select id, row_number() over (order by id) as nth,
                                   sum(coalesce(length(value), 0) + pg_column_size(headers)) over (order by id) as bytes
                              from dead_letter where published_at is null and (claimed_until is null or claimed_until < now())
                             order by id limit 200)
                        update dead_letter as letter set claimed_until = now() + interval '30 seconds'
                          from waiting
                         where letter.id = waiting.id and (waiting.nth = 1 or waiting.bytes < 4000000)
                           and letter.published_at is null and (letter.claimed_until is null or letter.claimed_until < now())
                        returning letter.id, letter.key, letter.value, cast(letter.headers as text), letter.reason,
                                  letter.attempts, letter.topic, letter.partition, letter.record_offset, letter.omitted""").getResultList())
                        .stream()
                                .map(DeadLetterPost::undelivered)
                                .sorted(Comparator.comparingLong(Undelivered::id))
                                .toList());
    }

    private static Undelivered undelivered(Object[] row) {
        Headers reason = new RecordHeaders();
        add(reason, "dlq-id", row[0]);
        add(reason, "dlq-reason", row[4]);
        add(reason, "dlq-attempts", row[5]);
        add(reason, "kafka_dlt-original-topic", row[6]);
        add(reason, "kafka_dlt-original-partition", row[7]);
        add(reason, "kafka_dlt-original-offset", row[8]);
        Undelivered whole = new Undelivered(
                (Long) row[0], (byte[]) row[1], (byte[]) row[2], HeadersJson.read((String) row[3]), reason);
        return switch ((Integer) row[9]) {
            case 0 -> whole;
            case 1 -> whole.withoutValue();
            default -> whole.withoutHeaders();
        };
    }

    private static void add(Headers headers, String name, Object value) {
        headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }

    public void delivered(Undelivered letter) {
        update("published_at = now()", letter);
    }

    /** The topic does not take it: next time without its value, then without its key and headers; the table has all of it. */
    public void tooLarge(Undelivered letter) {
        update("omitted = omitted + 1, claimed_until = case when omitted < 2 then null else claimed_until end", letter);
    }

    private void update(String change, Undelivered letter) {
        QuarkusTransaction.requiringNew()
                .run(() -> db.createNativeQuery("update dead_letter set " + change + " where id = :id")
                        .setParameter("id", letter.id())
                        .executeUpdate());
    }
}
