package dev.purser.intake;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files that were dropped. Every write is by the holder of the file's lease, and fails when it was lost. */
@ApplicationScoped
public class Imports {

    private final EntityManager db;
    private final UUID owner;

    Imports(EntityManager db, ImportLeases leases) {
        this.db = db;
        this.owner = leases.owner();
    }

    public Optional<ImportView> find(long id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> views("where id = :id", id, 1).stream().findFirst());
    }

    /** Newest first. @param before only imports with a smaller id: the last of the page before; null for the first page */
    public List<ImportView> page(@Nullable Long before, int limit) {
        return QuarkusTransaction.requiringNew()
                .call(() -> views("where id < :id order by id desc", before == null ? Long.MAX_VALUE : before, limit));
    }

    /** Notes what the file is, before its first row. False when the lease was lost. */
    boolean begin(long id, FileLook look, char separator) {
        return QuarkusTransaction.requiringNew()
                .call(() -> db.createNativeQuery("""
                                update import set sha256 = :sha, bytes = :bytes, separator = :separator,
                                       repeats = (select min(id) from import where sha256 = :sha and id < :id and state <> 'QUARANTINED')
                                 where id = :id and owner = :owner and state = 'READING'""")
                                .setParameter("sha", look.sha256())
                                .setParameter("bytes", look.bytes())
                                .setParameter("separator", String.valueOf(separator))
                                .setParameter("id", id)
                                .setParameter("owner", owner)
                                .executeUpdate()
                        == 1);
    }

    boolean quarantine(long id, FileLook look, String reason) {
        return QuarkusTransaction.requiringNew()
                .call(() -> db.createNativeQuery("""
                                update import set state = 'QUARANTINED', reason = :reason, sha256 = :sha, bytes = :bytes,
                                       read_at = now(), completed_at = now()
                                 where id = :id and owner = :owner and state = 'READING'""")
                                .setParameter("reason", reason)
                                .setParameter("sha", look.sha256())
                                .setParameter("bytes", look.bytes())
                                .setParameter("id", id)
                                .setParameter("owner", owner)
                                .executeUpdate()
                        == 1);
    }

    /**
     * First in the transaction that stores a chunk: while it lasts nobody else takes the file on, however long that is. Throws when
     * the lease was lost or another reader was here.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void hold(long id, long rowsBefore) {
        boolean held = !db.createNativeQuery("select id from import where id = :id and owner = :owner"
                        + " and state = 'READING' and row_count = :before for no key update")
                .setParameter("id", id)
                .setParameter("owner", owner)
                .setParameter("before", rowsBefore)
                .getResultList()
                .isEmpty();
        if (!held) {
            throw new IllegalStateException("import " + id + " is being read by another instance");
        }
    }

    /**
     * Counts a chunk, in the transaction that stores it. Throws when the lease was lost or another reader was here, so that nothing
     * of it stays.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void advance(long id, Progress progress) {
        int changed = db.createNativeQuery(
                        "update import set row_count = row_count + :all, accepted = accepted + :accepted,"
                                + " duplicate = duplicate + :duplicate, rejected = rejected + :rejected,"
                                + " bytes_read = least(bytes, :position), rows_per_second = :rate, lease_until = "
                                + ImportLeases.END
                                + " where id = :id and owner = :owner and state = 'READING' and row_count = :before")
                .setParameter("all", progress.rows())
                .setParameter("accepted", progress.accepted())
                .setParameter("duplicate", progress.duplicate())
                .setParameter("rejected", progress.rejected())
                .setParameter("position", progress.bytes())
                .setParameter("rate", progress.rowsPerSecond())
                .setParameter("id", id)
                .setParameter("owner", owner)
                .setParameter("before", progress.rowsBefore())
                .executeUpdate();
        if (changed != 1) {
            throw new IllegalStateException("import " + id + " is being read by another instance");
        }
    }

    /** The whole file is read; its results are anybody's. */
    @Failpoint(Step.READ)
    void read(long id) {
        QuarkusTransaction.requiringNew().run(() -> db.createNativeQuery(
                        "update import set state = 'OPEN', read_at = now(), look_at = now(), lease_until = now()"
                                + " where id = :id and owner = :owner and state = 'READING'")
                .setParameter("id", id)
                .setParameter("owner", owner)
                .executeUpdate());
    }

    @SuppressWarnings("unchecked")
    private List<ImportView> views(String condition, long id, int limit) {
        List<Object[]> rows = db.createNativeQuery(ImportView.SELECT + condition)
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream().map(ImportView::of).toList();
    }
}
