package dev.purser.orders;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.OrderId;
import dev.purser.outcomes.OutboxEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accepting a list of submissions: the unique order_id decides what is new, in the database and in one statement. */
final class Acceptances {

    private final EntityManager db;
    private final Instant now;

    Acceptances(EntityManager db, Instant now) {
        this.db = db;
        this.now = now;
    }

    List<Acceptance> of(List<Submission> submissions) {
        Map<OrderId, Submission> firsts = new LinkedHashMap<>();
        submissions.forEach(submission -> firsts.putIfAbsent(submission.orderId(), submission));
        Map<OrderId, Acceptance> answers = new HashMap<>();
        Map<OrderId, String> hashes = new HashMap<>();

        Set<String> inserted = insert(firsts);
        List<Submission> fresh = firsts.values().stream()
                .filter(submission -> inserted.contains(submission.orderId().value()))
                .toList();
        for (Submission submission : fresh) {
            answers.put(submission.orderId(), new Acceptance.Accepted(submission.orderId(), 1));
            hashes.put(submission.orderId(), Contents.hash(submission));
        }
        if (!fresh.isEmpty()) {
            OutboxEntry.appendAll(
                    fresh.stream().map(s -> Outcome.accepted(s, now)).toList());
        }
        for (Order known : known(firsts, inserted)) {
            Submission submission = firsts.get(known.orderId());
            if (submission != null) {
                answers.put(known.orderId(), meet(known, submission));
                hashes.put(known.orderId(), known.contentHash);
            }
        }
        askForCustomers(submissions, answers);

        List<Acceptance> inOrder = new ArrayList<>(submissions.size());
        Set<OrderId> met = new HashSet<>();
        for (Submission submission : submissions) {
            OrderId orderId = submission.orderId();
            boolean repeated = !met.add(orderId);
            inOrder.add(repeated ? repeat(submission, hashes.get(orderId)) : answers.get(orderId));
        }
        return inOrder;
    }

    private Acceptance meet(Order known, Submission submission) {
        String hash = Contents.hash(submission);
        if (submission.replay()) {
            return new Acceptance.Duplicate(submission.orderId());
        }
        if (known.state.isClosedWithoutPurchase()) {
            known.resubmit(submission, hash, new Because("submitted again", submission.source(), now));
            return new Acceptance.Accepted(submission.orderId(), known.attempt);
        }
        return repeat(submission, known.contentHash);
    }

    private static Acceptance repeat(Submission submission, @Nullable String hash) {
        return Contents.hash(submission).equals(hash)
                ? new Acceptance.Duplicate(submission.orderId())
                : new Acceptance.Conflict(submission.orderId());
    }

    /** Locked in the order of their keys, so that two chunks with the same orders wait for each other instead of dying. */
    private static List<Order> known(Map<OrderId, Submission> firsts, Set<String> inserted) {
        List<String> ids = firsts.keySet().stream()
                .map(OrderId::value)
                .filter(id -> !inserted.contains(id))
                .toList();
        return ids.isEmpty()
                ? List.of()
                : Order.<Order>find("orderId in ?1 order by id", ids)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .list();
    }

    @SuppressWarnings("unchecked")
    private Set<String> insert(Map<OrderId, Submission> firsts) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        new TreeMap<>(firsts).values().forEach(submission -> write(submission, rows));
        return new HashSet<>(db.createNativeQuery("""
                        with accepted as (
                            insert into orders (order_id, state, account_id, project_id, campaign, max_cost, license_user, run_limit,
                                                ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description,
                                                content_hash, source, import_id, events, received_at, state_since)
                            select order_id, 'RECEIVED', account_id, project_id, campaign, max_cost, license_user, run_limit,
                                   ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description,
                                   content_hash, source, import_id, 1, cast(:now as timestamptz), cast(:now as timestamptz)
                              from jsonb_to_recordset(cast(:rows as jsonb)) as r (
                                   order_id text, account_id uuid, project_id uuid, campaign text, max_cost numeric,
                                   license_user text, run_limit int, ram int, cpu int, disk int, member boolean, uptime text,
                                   boost boolean, period text, starts timestamptz, ends timestamptz, title text,
                                   description text, content_hash text, source text, import_id bigint)
                            on conflict (order_id) do nothing
                            returning id, order_id, source)
                        , told as (
                            insert into order_event (order_ref, number, attempt, at, to_state, why, actor)
                            select id, 1, 1, cast(:now as timestamptz), 'RECEIVED', 'accepted', source from accepted)
                        select order_id from accepted""")
                .setParameter("now", now.toString())
                .setParameter("rows", rows.toString())
                .getResultList());
    }

    private static void write(Submission order, ArrayNode rows) {
        LicenseSpec license = order.license();
        rows.addObject()
                .put("order_id", order.orderId().value())
                .put("account_id", order.accountId().toString())
                .put("project_id", text(order.projectId()))
                .put("campaign", order.campaign())
                .put("max_cost", text(order.maxCost()))
                .put("license_user", license.user().name())
                .put("run_limit", license.runLimit())
                .put("ram", license.ram())
                .put("cpu", license.cpu())
                .put("disk", license.disk())
                .put("member", license.member())
                .put("uptime", license.uptime().name())
                .put("boost", license.boost())
                .put("period", license.period().name())
                .put("starts", text(license.start()))
                .put("ends", text(license.end()))
                .put("title", license.title())
                .put("description", license.description())
                .put("content_hash", Contents.hash(order))
                .put("source", order.source())
                .put("import_id", order.importId());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private void askForCustomers(List<Submission> submissions, Map<OrderId, Acceptance> answers) {
        Customers.await(
                db,
                submissions.stream()
                        .filter(submission -> answers.get(submission.orderId()) instanceof Acceptance.Accepted)
                        .map(Submission::accountId)
                        .toList());
    }
}
