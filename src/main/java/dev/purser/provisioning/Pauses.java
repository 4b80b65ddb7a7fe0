package dev.purser.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where buying is stopped, by a person or by the engine. An open checkout is still settled, and items are still taken out of carts. */
@ApplicationScoped
@Transactional
public class Pauses {

    /** Of the account {@code :name}, be it of its own or of all. */
    static final String OPEN =
            "select from pause where resumed_at is null and (account is null or account = cast(:name as text))";

    private final EntityManager db;

    Pauses(EntityManager db) {
        this.db = db;
    }

    /** @param by {@code engine}, or who asked for it */
    public record Pause(String reason, String by, Instant since) {

        /** The engine's reasons speak for themselves. */
        String sentence() {
            return by.equals("engine") ? reason : reason + " (" + by + ")";
        }
    }

    /** The pause of all accounts, if there is one. */
    public Optional<Pause> everywhere() {
        return find(db, "account is null and cast(:name as text) is null", null);
    }

    /** Why an account buys nothing: its own pause before that of all. */
    static Optional<Pause> of(EntityManager db, String account) {
        return find(db, "(account is null or account = cast(:name as text))", account);
    }

    /** One that is there already stays as it is. @param account a purchasing account's name, null for all */
    public void begin(@Nullable String account, String reason, String by) {
        db.createNativeQuery("""
                        insert into pause (account, reason, paused_by) values (cast(:name as text), :reason, :by)
                        on conflict do nothing""")
                .setParameter("name", account)
                .setParameter("reason", reason)
                .setParameter("by", by)
                .executeUpdate();
    }

    /** Keeps who let it go on. @param account as for {@link #begin}: an account stays paused while all are */
    public void end(@Nullable String account, String by) {
        db.createNativeQuery("""
                        update pause set resumed_by = :by, resumed_at = now()
                         where resumed_at is null and account is not distinct from cast(:name as text)""")
                .setParameter("name", account)
                .setParameter("by", by)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked")
    private static Optional<Pause> find(EntityManager db, String which, @Nullable String account) {
        Stream<Tuple> rows = db.createNativeQuery(
                        "select reason, paused_by, paused_at from pause where resumed_at is null and " + which
                                + " order by account nulls last limit 1",
                        Tuple.class)
                .setParameter("name", account)
                .getResultStream();
        return rows.findFirst()
                .map(row -> new Pause(row.get(0, String.class), row.get(1, String.class), row.get(2, Instant.class)));
    }
}
