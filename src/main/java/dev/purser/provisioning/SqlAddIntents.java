package dev.purser.provisioning;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Standing.OpenAdd;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlAddIntents implements AddIntents {

    private final EntityManager db;
    private final SqlLeases leases;
    private final Orders orders;
    private final Clock clock;

    SqlAddIntents(EntityManager db, SqlLeases leases, Orders orders, Clock clock) {
        this.db = db;
        this.leases = leases;
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    @Failpoint(Step.INTENT)
    public List<Planned> plan(Lease lease, List<Line> lines) {
        leases.prove(lease);
        List<Line> bound = new ArrayList<>();
        for (Order order : orders.lock(lines.stream().map(Line::ref).toList())) {
            Line line = Line.of(order);
            if (line.mayBeAddedBy(lease.account().id())) {
                order.bind(lease.account());
                bound.add(line);
            }
        }
        Map<Long, Long> intents = insert(lease, bound);
        return bound.stream()
                .map(line -> new Planned(Objects.requireNonNull(intents.get(line.ref())), line))
                .toList();
    }

    /** @return the intent of each order */
    @SuppressWarnings("unchecked")
    private Map<Long, Long> insert(Lease lease, List<Line> lines) {
        Stream<Tuple> rows = db
                .createNativeQuery("""
                        insert into cart_add (account_id, order_ref, fence)
                        select :account, t.order_ref, :fence from unnest(cast(:orders as bigint[])) as t (order_ref)
                        returning order_ref, id""", Tuple.class)
                .setParameter("account", lease.account().id())
                .setParameter("fence", lease.fence())
                .setParameter("orders", lines.stream().map(Line::ref).toArray(Long[]::new))
                .getResultList()
                .stream();
        return rows.collect(Collectors.toMap(row -> row.get(0, Long.class), row -> row.get(1, Long.class)));
    }

    @Override
    @Failpoint(Step.ANSWERED)
    public void answered(Lease lease, List<Answered> answers) {
        leases.prove(lease);
        db.createNativeQuery("""
                        update cart_add a set result = t.result,
                               counted_at = now() - t.millis * interval '1 millisecond'
                          from unnest(cast(:ids as bigint[]), cast(:results as text[]), cast(:ages as bigint[]))
                            as t (id, result, millis)
                         where a.id = t.id and a.result is null""")
                .setParameter(
                        "ids",
                        answers.stream()
                                .map(answer -> answer.planned().intent())
                                .toArray(Long[]::new))
                .setParameter(
                        "results",
                        answers.stream().map(answer -> answer.result().name()).toArray(String[]::new))
                .setParameter("ages", answers.stream().map(Answered::millisAgo).toArray(Long[]::new))
                .executeUpdate();
        for (Answered answer : answers) {
            if (answer.result() == Result.NOT_SENT) {
                unbind(lease.account().id(), answer.planned().line().ref());
            }
            if (answer.refusal() != null) {
                orders.lock(List.of(answer.planned().line().ref()))
                        .forEach(order -> order.reject(
                                "refused_by_cocalc",
                                new Because("CoCalc refused it: " + answer.refusal(), "engine", clock.instant())));
            }
        }
    }

    /** An order that no cart of this account can hold is free for every account again. */
    private void unbind(UUID account, long order) {
        boolean sentOnce = (Boolean) db.createNativeQuery(
                        "select exists (select from cart_add where order_ref = :order and result is distinct from 'NOT_SENT')",
                        Boolean.class)
                .setParameter("order", order)
                .getSingleResult();
        if (!sentOnce) {
            orders.lock(List.of(order)).stream()
                    .filter(each -> Line.of(each).mayBeAdoptedBy(account))
                    .forEach(each -> each.unbind(clock.instant()));
        }
    }

    @Override
    public void giveUp(Lease lease, List<OpenAdd> adds) {
        leases.prove(lease);
        db.createNativeQuery("""
                        update cart_add set result = 'LOST'
                         where account_id = :account and result is null and order_ref in :orders""")
                .setParameter("account", lease.account().id())
                .setParameter("orders", adds.stream().map(OpenAdd::orderRef).toList())
                .executeUpdate();
    }
}
