package dev.purser.outcomes;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import io.cloudevents.CloudEvent;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jboss.logging.Logger;

/**
 * Hands announcements to the publisher, oldest first, and lets them go when the broker has them. At least once, same id. They go many
 * at a time, never two of one key. What the broker refuses waits longer each time, and so do those of its key behind it; nobody else
 * waits for it.
 */
@ApplicationScoped
public class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int BATCH = 2_000;
    /** Large ones go in smaller company: all are in memory at once, and in the client's buffer. In bytes. */
    private static final int BATCH_WEIGHT = 4_000_000;

    private static final Duration TOPIC_REST = Duration.ofSeconds(2);

    /** What is wrong with one event alone; all else, as a password that counts no more, is the topic's or the broker's. */
    private static final Set<Class<? extends Exception>> OF_ITS_OWN = Set.of(
            RecordTooLargeException.class,
            InvalidRecordException.class,
            PolicyViolationException.class,
            SerializationException.class);

    /**
     * With the client's own patience, less than the publisher's lease: who was slow must not tell what its successor has told, after
     * what came later.
     */
    private static final Duration BATCH_LASTS = Duration.ofSeconds(4);

    private final String me = UUID.randomUUID().toString();
    private final Clock clock;
    /** Topics that the broker could not serve just now, each until when it is left alone. */
    private final Map<Topic, Instant> resting = new ConcurrentHashMap<>();

    private final Set<String> refusedKeys = ConcurrentHashMap.newKeySet();
    /** Rows of a flight of which the broker refused one: they go one by one, until it is known which. */
    private final Set<Long> alone = ConcurrentHashMap.newKeySet();

    private volatile long handedOutAt;

    Outbox(Clock clock) {
        this.clock = clock;
    }

    /** What to publish now; nothing while another instance is the publisher. */
    @Failpoint(Step.OUTBOX)
    public List<Flight> due() {
        refusedKeys.clear();
        handedOutAt = System.nanoTime();
        resting.values().removeIf(until -> !until.isAfter(clock.instant()));
        List<String> left = resting.keySet().stream().map(Topic::name).toList();
        List<Due> due = QuarkusTransaction.requiringNew().call(() -> iAmThePublisher() ? oldest(left) : List.of());
        return Flight.of(due, alone, this::mayGo);
    }

    /** Whether it was handed out just now, and nothing went wrong with its like since. */
    private boolean mayGo(Due due) {
        return System.nanoTime() - handedOutAt < BATCH_LASTS.toNanos()
                && !resting.containsKey(due.topic())
                && !refusedKeys.contains(due.key());
    }

    /** The broker has all of it. */
    @Failpoint(Step.PUBLISHED)
    public void published(Flight flight) {
        List<Long> rows = flight.rows();
        if (!rows.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> OutboxEntry.delete("id in ?1", rows));
            rows.forEach(alone::remove);
        }
    }

    /** The broker is away, or the topic; or it will not have one of these. */
    void refused(Flight flight, Exception why) {
        Throwable root = root(why);
        String trouble = root.getClass().getSimpleName();
        if (OF_ITS_OWN.stream().noneMatch(kind -> kind.isInstance(root))) {
            resting.put(flight.topic(), clock.instant().plus(TOPIC_REST));
            LOG.debugf("%s rests: %s", flight.topic().address(), trouble);
            return;
        }
        flight.gone().forEach(due -> refusedKeys.add(due.key()));
        alone.addAll(flight.rows());
        if (flight.gone().size() == 1) {
            park(flight.gone().get(0), trouble);
        }
    }

    private static void park(Due due, String trouble) {
        LOG.warnf(
                "the broker refuses %s on %s, and others go first: %s",
                due.event().getId(), due.topic().address(), trouble);
        QuarkusTransaction.requiringNew().run(() -> Panache.getEntityManager()
                .createNativeQuery("""
                        update outbox set attempts = attempts + 1, trouble = :trouble,
                               due_at = now() + least(interval '1 hour', interval '1 second' * power(2, least(attempts, 12)))
                         where id = :id""")
                .setParameter("trouble", trouble)
                .setParameter("id", due.row())
                .executeUpdate());
    }

    private static Throwable root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    public long waiting() {
        return QuarkusTransaction.joiningExisting().call(() -> OutboxEntry.count());
    }

    private static List<Due> oldest(List<String> topicsAtRest) {
        return Panache.getEntityManager()
                .createNativeQuery("""
                        select * from (
                            select entry.*, sum(octet_length(data)) over (order by id) - octet_length(data) as weight_before
                              from (select * from outbox as entry
                                     where topic <> all (cast(:resting as text[]))
                                       and (due_at is null or due_at <= now())
                                       and not exists (select 1 from outbox as parked
                                                        where parked.due_at > now() and parked.key = entry.key and parked.id < entry.id)
                                     order by id limit :batch) as entry) as entry
                         where weight_before < :weight order by id""", OutboxEntry.class)
                .setParameter("resting", topicsAtRest.toArray(String[]::new))
                .setParameter("batch", BATCH)
                .setParameter("weight", BATCH_WEIGHT)
                .getResultStream()
                .map(entry -> ((OutboxEntry) entry).due())
                .toList();
    }

    private boolean iAmThePublisher() {
        return Panache.getEntityManager()
                        .createNativeQuery("""
                                update outbox_publisher set holder = :me, until = now() + interval '15 seconds'
                                 where holder is null or holder = :me or until < now()""")
                        .setParameter("me", me)
                        .executeUpdate()
                == 1;
    }

    /** An announcement in the broker's terms. @param row where it waits */
    public record Due(long row, Topic topic, String key, CloudEvent event) {}
}
