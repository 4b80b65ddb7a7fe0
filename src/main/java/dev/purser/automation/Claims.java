package dev.purser.automation;

import dev.purser.outcomes.OutboxEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who carries out which command, in database time. A claim lasts a few seconds and is kept alive by whoever works on it, so that
 * the command of a dead instance goes on elsewhere; only the holder of the last claim can end it.
 */
@ApplicationScoped
class Claims {

    private static final String LAPSES = "now() + interval '15 seconds'";

    private final EntityManager db;
    private final Clock clock;

    Claims(EntityManager db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Those that are due, longest first. @param verbs only of these */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Command> claim(Collection<Verb> verbs, int most) {
        List<Command> claimed = new ArrayList<>();
        for (Object row : db.createNativeQuery("""
                        update command set state = 'RUNNING', claim = gen_random_uuid(), attempts = attempts + 1, due_at =\s""" + LAPSES + """
                         where ref in (select ref from command
                                        where state in ('WAITING', 'RUNNING') and due_at <= now() and verb = any (cast(:verbs as text[]))
                                        order by due_at limit :most for update skip locked)
                        returning ref, id, verb, data, source, claim, attempts, expires_at, expires_at <= now(), message""", Tuple.class)
                .setParameter("verbs", verbs.stream().map(Verb::word).toArray(String[]::new))
                .setParameter("most", most)
                .getResultList()) {
            claimed.add(command((Tuple) row));
        }
        return claimed;
    }

    private static Command command(Tuple row) {
        return new Command(
                row.get(0, Long.class),
                row.get(1, String.class),
                Verb.parse(row.get(2, String.class)).orElseThrow(),
                Content.json(row.get(3, String.class)),
                row.get(4, String.class),
                row.get(5, UUID.class),
                row.get(6, Integer.class),
                row.get(7, Instant.class),
                row.get(8, Boolean.class),
                row.get(9, String.class));
    }

    /** Says that these are still being worked on. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void keep(Collection<UUID> claims) {
        db.createNativeQuery("update command set due_at = " + LAPSES
                        + " where state = 'RUNNING' and claim = any (cast(:claims as uuid[]))")
                .setParameter("claims", claims.stream().map(UUID::toString).toArray(String[]::new))
                .executeUpdate();
    }

    /** To be tried again. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void release(Command command, Duration wait, String code, String message) {
        db.createNativeQuery("""
                        update command set state = 'WAITING', claim = null, due_at = now() + cast(:wait as interval), code = :code,
                               message = :message
                         where ref = :ref and claim = :claim and state = 'RUNNING'""")
                .setParameter("wait", wait.toString())
                .setParameter("code", code)
                .setParameter("message", message)
                .setParameter("ref", command.ref())
                .setParameter("claim", command.claim())
                .executeUpdate();
    }

    /** Ends the command and announces its answer, both or neither, unless somebody else has taken it on. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void end(Command command, Ending ending) {
        Instant now = clock.instant();
        int ended = db.createNativeQuery("""
                        update command set state = :state, claim = null, completed_at = :now, code = :code, message = :message,
                               result = :result, data = :data
                         where ref = :ref and claim = :claim and state = 'RUNNING'""")
                .setParameter("state", ending.state().name())
                .setParameter("now", now)
                .setParameter("code", ending.code())
                .setParameter("message", ending.message())
                .setParameter("result", text(ending))
                .setParameter("data", Content.afterwards(Content.text(command.data())))
                .setParameter("ref", command.ref())
                .setParameter("claim", command.claim())
                .executeUpdate();
        if (ended == 1) {
            OutboxEntry.append(ending.announcement(command, now));
        }
    }

    private static @Nullable String text(Ending ending) {
        return ending.result() == null ? null : Content.text(ending.result());
    }
}
