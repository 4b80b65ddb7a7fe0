package dev.purser.orders;

import dev.purser.kernel.Email;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All orders. Methods join the caller's transaction; the readers open a short one of their own where there is none. */
@ApplicationScoped
public class Orders {

    private final EntityManager db;
    private final Clock clock;

    Orders(EntityManager db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Stores what is new, in one set-based step; answers in the order of the submissions. Later repeats in the list meet the earlier ones. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Acceptance> accept(List<Submission> submissions) {
        return new Acceptances(db, clock.instant()).of(submissions);
    }

    /** What {@link #accept} would do with it alone. Changes nothing. */
    @Transactional
    public Foresight foresee(Submission submission) {
        return Order.<Order>find("orderId", submission.orderId().value())
                .firstResultOptional()
                .<Foresight>map(known -> new Foresight.Known(
                        new Acceptance.Conflict(submission.orderId()),
                        known.state,
                        Contents.hash(submission).equals(known.content.hash())))
                .orElseGet(Foresight.Fresh::new);
    }

    /** With its history. */
    @Transactional
    public Optional<OrderView> find(OrderId orderId) {
        return Order.<Order>find("orderId", orderId.value())
                .firstResultOptional()
                .map(order -> Views.of(
                        order,
                        OrderEvent.of(order).stream().map(OrderEvent::view).toList()));
    }

    /** Without history; ids that are not known are lacking in the answer. */
    @Transactional
    public Map<OrderId, OrderView> views(Collection<OrderId> orderIds) {
        List<String> ids = orderIds.stream().map(OrderId::value).toList();
        return Order.<Order>find("orderId in ?1", ids).stream()
                .map(order -> Views.of(order, List.of()))
                .collect(Collectors.toMap(OrderView::orderId, view -> view));
    }

    @Transactional
    public Page page(Filter filter, int limit) {
        return Page.of(filter, limit);
    }

    /** Every state, also those with no order. */
    @Transactional
    public Map<OrderState, Long> counts() {
        return counts(db.createQuery("select state, count(*) from Order group by state", Object[].class));
    }

    /** Of one import; every state, also those with no order. */
    @Transactional
    public Map<OrderState, Long> counts(long importId) {
        return counts(db.createQuery(
                        "select state, count(*) from Order where content.importId = :import group by state",
                        Object[].class)
                .setParameter("import", importId));
    }

    private static Map<OrderState, Long> counts(TypedQuery<Object[]> query) {
        Map<OrderState, Long> counts = new EnumMap<>(OrderState.class);
        for (OrderState state : OrderState.values()) {
            counts.put(state, 0L);
        }
        query.getResultStream().forEach(row -> counts.put((OrderState) row[0], (Long) row[1]));
        return counts;
    }

    /** UNKNOWN orders that people were told of. */
    @Transactional
    public long parked() {
        return Order.count("state = ?1 and reason.code = ?2", OrderState.UNKNOWN, Order.PARKED);
    }

    /** Seconds since the oldest UNKNOWN order became so; null when there is none. */
    @Transactional
    public @Nullable Long oldestUnknownSeconds() {
        return Order.<Order>find("state = ?1 order by stateSince", OrderState.UNKNOWN)
                .firstResultOptional()
                .map(order -> clock.instant().getEpochSecond() - order.stateSince.getEpochSecond())
                .orElse(null);
    }

    /** Whether any order of an import is not final yet: cheaper than to count them. */
    @Transactional
    public boolean hasOpen(long importId) {
        return (Boolean)
                db.createNativeQuery("""
                        select exists (select from orders where import_id = :import
                                          and state not in ('PROVISIONED', 'REJECTED', 'FAILED', 'CANCELLED'))""").setParameter("import", importId).getSingleResult();
    }

    /** Whether of any order of an import that was bought the ledger has not told yet what it cost. */
    @Transactional
    public boolean hasUnbilled(long importId) {
        return (Boolean)
                db.createNativeQuery("""
                        select exists (select from orders where import_id = :import
                                          and state = 'PROVISIONED' and billed_cost is null)""").setParameter("import", importId).getSingleResult();
    }

    @Transactional
    public Map<OrderId, Email> emails(Collection<OrderId> orderIds) {
        List<String> ids = orderIds.stream().map(OrderId::value).toList();
        Map<OrderId, Email> emails = new HashMap<>();
        db.createQuery(
                        "select o.orderId, c.email from Order o join Customer c on c.accountId = o.content.accountId"
                                + " where o.orderId in :ids and c.email is not null",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .forEach(row -> emails.put(new OrderId((String) row[0]), new Email((String) row[1])));
        return emails;
    }

    /** For those who will change them: locked until the transaction ends, in the order of their keys. */
    @SuppressWarnings("unchecked")
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Order> lock(Collection<Long> refs) {
        // As SQL: a query with a list of its own length each time is translated each time.
        return db.createNativeQuery(
                        "select * from orders where id = any (cast(:refs as bigint[])) order by id for update",
                        Order.class)
                .setParameter("refs", refs.toArray(Long[]::new))
                .getResultList();
    }

    /** As {@link #lock(Collection)}, by their keys. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<Long, Order> lockEach(Collection<Long> refs) {
        Map<Long, Order> locked = new HashMap<>();
        lock(refs).forEach(order -> locked.put(order.ref(), order));
        return locked;
    }

    /** As {@link #lock(Collection)}, by the partner's key. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Order> lock(OrderId orderId) {
        return Order.<Order>find("orderId", orderId.value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /** As {@link #lock(Collection)}, by the partner's keys; those that are not known are lacking. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Order> lockNamed(Collection<OrderId> orderIds) {
        return Order.<Order>find(
                        "orderId in ?1 order by id",
                        orderIds.stream().map(OrderId::value).toList())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** Writes down one decision about several orders. @return its number, for each of them */
    @Transactional(Transactional.TxType.MANDATORY)
    public long approval(int orders, Money total, Because because) {
        return (Long) db.createNativeQuery("""
                        insert into approval (orders, total, approved_by, approved_at) values (:orders, :total, :by, :at)
                        returning id""", Long.class)
                .setParameter("orders", orders)
                .setParameter("total", total.usd())
                .setParameter("by", because.actor())
                .setParameter("at", because.at())
                .getSingleResult();
    }

    /** A new attempt of an order that ended without a purchase, with the same content and token. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reopen(Order order, Because because) {
        order.reopen(because);
        Customers.await(db, List.of(order.customer()));
    }
}
