package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.OrderId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** All commands. Methods join the caller's transaction. */
@ApplicationScoped
public class Commands {

    /** Of an id: the shape of an order_id. */
    public static final String ID_SHAPE = OrderId.SHAPE;

    private static final String COLUMNS = "select ref, id, verb, state, source, attempts, received_at, expires_at,"
            + " case when state = 'WAITING' then due_at end, completed_at, code, message, result from command ";

    private final EntityManager db;
    private final Duration usualTtl;

    Commands(EntityManager db, @ConfigProperty(name = "purser.commands.ttl", defaultValue = "PT1H") Duration usualTtl) {
        if (usualTtl.isNegative() || usualTtl.isZero()) {
            throw new IllegalArgumentException("PURSER_COMMANDS_TTL must be a duration above zero such as PT1H");
        }
        this.db = db;
        this.usualTtl = usualTtl;
    }

    /** Stores what is new, in one set-based step; answers in the order of the requests. Later repeats in the list meet the earlier ones. */
    @Transactional
    public List<Receipt> accept(List<Request> requests) {
        Map<String, Checked> firsts = new LinkedHashMap<>();
        List<Checked> all = requests.stream().map(this::check).toList();
        all.stream()
                .filter(Checked::isValid)
                .forEach(each -> firsts.putIfAbsent(each.request().id(), each));
        Collection<String> inserted = firsts.isEmpty() ? List.of() : insert(List.copyOf(firsts.values()));
        Map<String, String> hashes = hashes(firsts.keySet());
        List<Receipt> receipts = new ArrayList<>(all.size());
        for (Checked each : all) {
            String id = each.request().id();
            boolean isNew = inserted.contains(id) && firsts.get(id) == each;
            receipts.add(
                    !each.isValid()
                            ? new Receipt.Invalid(each.flaws())
                            : isNew ? new Receipt.Accepted(id) : meet(each, hashes.get(id)));
        }
        return receipts;
    }

    /** What {@link #accept} would answer now. Changes nothing. */
    @Transactional
    public Receipt foresee(Request request) {
        Checked checked = check(request);
        if (!checked.isValid()) {
            return new Receipt.Invalid(checked.flaws());
        }
        String known = hashes(List.of(request.id())).get(request.id());
        return known == null ? new Receipt.Accepted(request.id()) : meet(checked, known);
    }

    private static Receipt meet(Checked again, @Nullable String hash) {
        String id = again.request().id();
        return again.hash().equals(hash)
                ? new Receipt.Duplicate(id)
                : new Receipt.Conflict("id: another command was sent with this id; send this one under a new id");
    }

    private record Checked(Request request, List<Flaw> flaws, Instant expiresAt, String hash) {
        boolean isValid() {
            return flaws.isEmpty();
        }
    }

    private Checked check(Request request) {
        List<Flaw> flaws = new ArrayList<>();
        if (OrderId.parse(request.id()).isEmpty()) {
            flaws.add(new Flaw("/id", "must be 1 to 128 of A-Z a-z 0-9 . _ : / -"));
        }
        Optional<Verb> verb = Verb.parse(request.verb());
        if (verb.isEmpty()) {
            flaws.add(new Flaw("/verb", "must be one of " + Verb.words()));
        }
        Form form = new Form(request.data());
        form.purchasingAccount();
        Duration ttl = form.ttl();
        verb.ifPresent(known -> known.read(form));
        flaws.addAll(form.flaws());
        return new Checked(
                request,
                flaws,
                request.sentAt().plus(ttl == null ? usualTtl : ttl),
                Content.hash(request.verb(), request.data()));
    }

    @SuppressWarnings("unchecked")
    private Collection<String> insert(List<Checked> commands) {
        return db.createNativeQuery("""
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
                .setParameter("hashes", column(commands, Checked::hash))
                .setParameter("sources", column(commands, each -> each.request().source()))
                .setParameter(
                        "imports",
                        column(commands, each -> Objects.toString(each.request().importId(), "")))
                .setParameter(
                        "expiries", column(commands, each -> each.expiresAt().toString()))
                .getResultList();
    }

    private static String[] column(List<Checked> commands, Function<Checked, String> field) {
        return commands.stream().map(field).toArray(String[]::new);
    }

    private Map<String, String> hashes(Collection<String> ids) {
        Map<String, String> hashes = new HashMap<>();
        if (!ids.isEmpty()) {
            db.createNativeQuery(
                            "select id, content_hash from command where id = any (cast(:ids as text[]))", Tuple.class)
                    .setParameter("ids", ids.toArray(String[]::new))
                    .getResultStream()
                    .map(Tuple.class::cast)
                    .forEach(row -> hashes.put(((Tuple) row).get(0, String.class), ((Tuple) row).get(1, String.class)));
        }
        return hashes;
    }

    @Transactional
    public Optional<CommandView> find(String id) {
        return Optional.ofNullable(views(List.of(id)).get(id));
    }

    /** Ids that are not known are lacking in the answer. */
    @Transactional
    public Map<String, CommandView> views(Collection<String> ids) {
        return rows("where id = any (cast(:ids as text[]))", ids.toArray(String[]::new), Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(CommandView::id, view -> view));
    }

    /** Newest first, without results. @param before only those with a smaller ref: the last of the page before; null for the first page */
    @Transactional
    public List<CommandView> page(@Nullable Long before, int limit) {
        return rows("where ref < :ids order by ref desc", before == null ? Long.MAX_VALUE : before, limit);
    }

    /** How many commands of a file have not ended. */
    @Transactional
    public long openOf(long importId) {
        return (Long) db.createNativeQuery(
                        "select count(*) from command where import_id = :import and state in ('WAITING', 'RUNNING')",
                        Long.class)
                .setParameter("import", importId)
                .getSingleResult();
    }

    private List<CommandView> rows(String condition, Object parameter, int limit) {
        List<CommandView> views = new ArrayList<>();
        for (Object row : db.createNativeQuery(COLUMNS + condition, Tuple.class)
                .setParameter("ids", parameter)
                .setMaxResults(limit)
                .getResultList()) {
            views.add(view((Tuple) row));
        }
        return views;
    }

    private static CommandView view(Tuple row) {
        String result = row.get(12, String.class);
        JsonNode json = result == null ? null : Content.json(result);
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
                json);
    }
}
