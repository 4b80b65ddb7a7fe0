package dev.purser.orders;

import dev.purser.kernel.OrderId;
import dev.purser.outcomes.OutboxEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepting a list of submissions: the unique order_id decides what is new, in the database and for all of them at once. */
final class Acceptances {

    /** Orders that get a new attempt are changed one by one, in company that the memory can hold. */
    private static final int ATTEMPTS_AT_ONCE = 500;

    private final EntityManager db;
    private final Instant now;
    private final Map<OrderId, Acceptance> answers = new HashMap<>();
    private final Map<OrderId, String> hashes = new HashMap<>();

    Acceptances(EntityManager db, Instant now) {
        this.db = db;
        this.now = now;
    }

    List<Acceptance> of(List<Submission> submissions) {
        Map<OrderId, Submission> firsts = new LinkedHashMap<>();
        for (Submission submission : submissions) {
            if (firsts.putIfAbsent(submission.orderId(), submission) == null) {
                hashes.put(submission.orderId(), Contents.hash(submission));
            }
        }
        if (firsts.isEmpty()) {
            return List.of();
        }
        Set<String> known = new Submitted(db, now).insertNew(firsts.values(), hashes);
        List<Submission> fresh = firsts.values().stream()
                .filter(submission -> !known.contains(submission.orderId().value()))
                .toList();
        fresh.forEach(each -> answers.put(each.orderId(), new Acceptance.Accepted(each.orderId(), 1)));
        if (!fresh.isEmpty()) {
            OutboxEntry.appendAll(
                    fresh.stream().map(s -> Outcome.accepted(s, now)).toList());
        }
        meet(known, firsts);
        askForCustomers(firsts.values());
        return inOrder(submissions);
    }

    private List<Acceptance> inOrder(List<Submission> submissions) {
        List<Acceptance> inOrder = new ArrayList<>(submissions.size());
        Set<OrderId> met = new HashSet<>();
        for (Submission submission : submissions) {
            OrderId orderId = submission.orderId();
            boolean repeated = !met.add(orderId);
            inOrder.add(
                    repeated ? repeat(orderId, Contents.hash(submission), hashes.get(orderId)) : answers.get(orderId));
        }
        return inOrder;
    }

    /** Those that are known already. Only a new attempt needs the order itself. */
    private void meet(Set<String> known, Map<OrderId, Submission> firsts) {
        List<OrderId> again = new ArrayList<>();
        for (Object[] row : standings(known)) {
            OrderId orderId = new OrderId((String) row[0]);
            Submission submission = firsts.get(orderId);
            if (submission == null) {
                continue;
            }
            if (OrderState.valueOf((String) row[1]).isClosedWithoutPurchase() && !submission.replay()) {
                again.add(orderId);
            } else {
                meet(submission, (String) row[2]);
            }
        }
        for (int from = 0; from < again.size(); from += ATTEMPTS_AT_ONCE) {
            if (from > 0) {
                // No answer is an entity, and a list this long comes from callers who have none at hand.
                db.flush();
                db.clear();
            }
            attempt(again.subList(from, Math.min(from + ATTEMPTS_AT_ONCE, again.size())), firsts);
        }
    }

    /** In the order of their keys: the groups that are locked one after the other are in it too. */
    @SuppressWarnings("unchecked")
    private List<Object[]> standings(Set<String> known) {
        return known.isEmpty()
                ? List.of()
                : db.createNativeQuery(
                                "select order_id, state, content_hash from orders where order_id = any(cast(:ids as text[]))"
                                        + " order by id")
                        .setParameter("ids", known.stream().sorted().toArray(String[]::new))
                        .getResultList();
    }

    private void meet(Submission submission, String knownHash) {
        OrderId orderId = submission.orderId();
        answers.put(
                orderId,
                submission.replay()
                        ? new Acceptance.Duplicate(orderId)
                        : repeat(orderId, hashes.get(orderId), knownHash));
        hashes.put(orderId, knownHash);
    }

    private void attempt(List<OrderId> orderIds, Map<OrderId, Submission> firsts) {
        for (Order known : lock(orderIds)) {
            Submission submission = firsts.get(known.orderId());
            if (submission != null && known.state.isClosedWithoutPurchase()) {
                Because because = new Because("submitted again", submission.source(), now);
                known.resubmit(submission, Contents.hash(submission), because);
                answers.put(known.orderId(), new Acceptance.Accepted(known.orderId(), known.attempt));
            } else if (submission != null) {
                meet(submission, known.content.hash());
            }
        }
    }

    /** In the order of their keys, so that two lists with the same orders wait for each other instead of dying. */
    private static List<Order> lock(List<OrderId> orderIds) {
        return Order.<Order>find(
                        "orderId in ?1 order by id",
                        orderIds.stream().map(OrderId::value).toList())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    private static Acceptance repeat(OrderId orderId, @Nullable String hash, @Nullable String known) {
        return hash != null && hash.equals(known)
                ? new Acceptance.Duplicate(orderId)
                : new Acceptance.Conflict(orderId);
    }

    private void askForCustomers(Collection<Submission> submissions) {
        Customers.await(
                db,
                submissions.stream()
                        .filter(submission -> answers.get(submission.orderId()) instanceof Acceptance.Accepted)
                        .map(Submission::accountId)
                        .toList());
    }
}
