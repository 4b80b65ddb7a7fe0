package dev.purser.outcomes;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hands announcements to the publisher, oldest first, and lets them go when the broker has them. At least once, same id. */
@ApplicationScoped
public class Outbox {

    private static final int BATCH = 200;

    private final String me = UUID.randomUUID().toString();

    /** What to publish now; nothing while another instance is the publisher. */
    @Failpoint(Step.OUTBOX)
    public List<Due> due() {
        return QuarkusTransaction.requiringNew().call(() -> iAmThePublisher() ? oldest() : List.of());
    }

    @Failpoint(Step.PUBLISHED)
    public void published(Due due) {
        QuarkusTransaction.requiringNew().run(() -> OutboxEntry.delete("id", due.row()));
    }

    public long waiting() {
        return QuarkusTransaction.joiningExisting().call(() -> OutboxEntry.count());
    }

    private static List<Due> oldest() {
        return OutboxEntry.<OutboxEntry>find("order by id").page(0, BATCH).stream()
                .map(OutboxEntry::due)
                .toList();
    }

    private boolean iAmThePublisher() {
        return Panache.getEntityManager()
                        .createNativeQuery("""
                                update outbox_publisher set holder = :me, until = now() + interval '10 seconds'
                                 where holder is null or holder = :me or until < now()""")
                        .setParameter("me", me)
                        .executeUpdate()
                == 1;
    }

    /** An announcement in the broker's terms. @param row where it waits */
    public record Due(
            long row,
            String topic,
            String id,
            String type,
            String key,
            @Nullable String correlationId,
            String time,
            String data) {}
}
