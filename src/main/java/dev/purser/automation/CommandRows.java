package dev.purser.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The table of commands. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class CommandRows {

    private static final String COLUMNS = "select ref, id, verb, state, source, attempts, received_at, expires_at,"
            + " case when state = 'WAITING' then due_at end, completed_at, code, message, result from command ";

    private final EntityManager db;

    CommandRows(EntityManager db) {
        this.db = db;
    }

    /** A command that may be stored. */
    record New(Request request, Instant expiresAt, String hash) {}

    /**
     * Lets go of what ended 30 days ago: the data and the answer, and whole rows of the clock's, whose ids nobody sends again. Some at a
     * time, whoever comes next goes on.
     */
    private void forget() {
        db.createNativeQuery("""
                        with old as (select ref, source like 'schedule:%' as clocks from command
                                      where completed_at < now() - interval '30 days' and not forgotten
                                      order by completed_at limit 1000 for update skip locked),
                             gone as (delete from command using old where command.ref = old.ref and old.clocks)
                        update command set forgotten = true, data = '{}', result = null,
                               message = concat_ws(' ', message, 'Its answer was kept for 30 days.')
                          from old where command.ref = old.ref and not old.clocks""").executeUpdate();
    }

    /** Answers the ids that were not there before. */
    Set<String> insert(List<New> commands) {
        forget();
        Set<String> inserted = new HashSet<>();
        for (Object id : db.createNativeQuery("""
                        insert into command (id, verb, data, content_hash, source, import_id, received_at, expires_at)
                        select r.id, r.verb, r.data, r.hash, r.source, cast(nullif(r.import, '') as bigint), now(), r.expires
                          from unnest(cast(:ids as text[]), cast(:verbs as text[]), cast(:data as text[]), cast(:hashes as text[]),
                                      cast(:sources as text[]), cast(:imports as text[]), cast(:expiries as timestamptz[]))
                               as r (id, verb, data, hash, source, import, expires)
                         order by r.id
                        on conflict (id) do nothing returning id""", String.class)
                .setParameter("ids", column(commands, each -> each.request().id()))
                .setParameter("verbs", column(commands, each -> each.request().verb()))
                .setParameter(
                        "data",
                        column(commands, each -> Content.text(each.request().data())))
                .setParameter("hashes", column(commands, New::hash))
                .setParameter("sources", column(commands, each -> each.request().source()))
                .setParameter(
                        "imports",
                        column(commands, each -> Objects.toString(each.request().importId(), "")))
                .setParameter(
                        "expiries", column(commands, each -> each.expiresAt().toString()))
                .getResultList()) {
            inserted.add((String) id);
        }
        return inserted;
    }

    private static String[] column(List<New> commands, Function<New, String> field) {
        return commands.stream().map(field).toArray(String[]::new);
    }

    /** By id, what tells the content of one command from another. */
    Map<String, String> hashes(Collection<String> ids) {
        Map<String, String> hashes = new HashMap<>();
        for (Object row : db.createNativeQuery(
                        "select id, content_hash from command where id = any (cast(:ids as text[]))", Tuple.class)
                .setParameter("ids", ids.toArray(String[]::new))
                .getResultList()) {
            hashes.put(((Tuple) row).get(0, String.class), ((Tuple) row).get(1, String.class));
        }
        return hashes;
    }

    List<CommandView> ofIds(Collection<String> ids) {
        return rows("where id = any (cast(:which as text[]))", ids.toArray(String[]::new), Integer.MAX_VALUE);
    }

    /** Newest first. */
    List<CommandView> before(long ref, int limit) {
        return rows("where ref < :which order by ref desc", ref, limit);
    }

    long open() {
        return (Long)
                db.createNativeQuery("select count(*) from command where state in ('WAITING', 'RUNNING')", Long.class)
                        .getSingleResult();
    }

    long openOf(long importId) {
        return (Long) db.createNativeQuery(
                        "select count(*) from command where import_id = :import and state in ('WAITING', 'RUNNING')",
                        Long.class)
                .setParameter("import", importId)
                .getSingleResult();
    }

    private List<CommandView> rows(String condition, Object which, int limit) {
        List<CommandView> views = new ArrayList<>();
        for (Object row : db.createNativeQuery(COLUMNS + condition, Tuple.class)
                .setParameter("which", which)
                .setMaxResults(limit)
                .getResultList()) {
            views.add(view((Tuple) row));
        }
        return views;
    }

    private static CommandView view(Tuple row) {
        String result = row.get(12, String.class);
        return new CommandView(
                row.get(0, Long.class),
                row.get(1, String.class),
                row.get(2, String.class),
                CommandState.valueOf(row.get(3, String.class)),
                row.get(4, String.class),
                row.get(5, Integer.class),
                row.get(6, Instant.class),
                row.get(7, Instant.class),
                row.get(8, Instant.class),
                row.get(9, Instant.class),
                row.get(10, String.class),
                row.get(11, String.class),
                result == null ? null : Content.json(result));
    }
}
