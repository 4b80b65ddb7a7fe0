package dev.purser.automation;

import dev.purser.kernel.OrderId;
import dev.purser.kernel.event.Flaw;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** All commands. Methods join the caller's transaction. */
@ApplicationScoped
@Transactional
public class Commands {

    /** Of an id: the shape of an order_id. */
    public static final String ID_SHAPE = OrderId.SHAPE;

    private final CommandRows rows;
    private final Duration usualTtl;

    Commands(CommandRows rows, @ConfigProperty(name = "purser.commands.ttl", defaultValue = "PT1H") Duration usualTtl) {
        if (usualTtl.isNegative() || usualTtl.isZero()) {
            throw new IllegalArgumentException("PURSER_COMMANDS_TTL must be a duration above zero such as PT1H");
        }
        this.rows = rows;
        this.usualTtl = usualTtl;
    }

    /** Stores what is new, in one set-based step; answers in the order of the requests. Later repeats in the list meet the earlier ones. */
    public List<Receipt> accept(List<Request> requests) {
        List<Checked> all = requests.stream().map(this::check).toList();
        Map<String, Checked> firsts = new LinkedHashMap<>();
        all.stream().filter(Checked::isValid).forEach(each -> firsts.putIfAbsent(each.id(), each));
        Set<String> inserted = firsts.isEmpty()
                ? Set.of()
                : rows.insert(firsts.values().stream().map(Checked::row).toList());
        Map<String, String> hashes = firsts.isEmpty() ? Map.of() : rows.hashes(firsts.keySet());
        List<Receipt> receipts = new ArrayList<>(all.size());
        for (Checked each : all) {
            boolean isNew = inserted.contains(each.id()) && firsts.get(each.id()) == each;
            receipts.add(isNew ? new Receipt.Accepted(each.id()) : each.meet(hashes.get(each.id())));
        }
        return receipts;
    }

    /** What {@link #accept} would answer now. Changes nothing. */
    public Receipt foresee(Request request) {
        Checked checked = check(request);
        String known = checked.isValid() ? rows.hashes(List.of(checked.id())).get(checked.id()) : null;
        return known == null && checked.isValid() ? new Receipt.Accepted(checked.id()) : checked.meet(known);
    }

    private record Checked(List<Flaw> flaws, CommandRows.New row) {

        boolean isValid() {
            return flaws.isEmpty();
        }

        String id() {
            return row.request().id();
        }

        /** @param hash of the command that has its id */
        Receipt meet(@Nullable String hash) {
            if (!isValid()) {
                return new Receipt.Invalid(flaws);
            }
            return row.hash().equals(hash)
                    ? new Receipt.Duplicate(id())
                    : new Receipt.Conflict("id: another command was sent with this id; send this one under a new id");
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
        Instant expiresAt = request.sentAt().plus(ttl == null ? usualTtl : ttl);
        return new Checked(
                flaws, new CommandRows.New(request, expiresAt, Content.hash(request.verb(), request.data())));
    }

    public Optional<CommandView> find(String id) {
        return id.matches(ID_SHAPE) ? rows.ofIds(List.of(id)).stream().findFirst() : Optional.empty();
    }

    /** Ids that are not known are lacking in the answer. */
    public Map<String, CommandView> views(Collection<String> ids) {
        return rows.ofIds(ids).stream().collect(Collectors.toMap(CommandView::id, view -> view));
    }

    /** Newest first. @param before only those with a smaller ref: the last of the page before; null for the first page */
    public List<CommandView> page(@Nullable Long before, int limit) {
        return rows.before(before == null ? Long.MAX_VALUE : before, limit);
    }

    /** How many have not ended. */
    public long open() {
        return rows.open();
    }

    /** How many commands of a file have not ended. */
    public long openOf(long importId) {
        return rows.openOf(importId);
    }
}
