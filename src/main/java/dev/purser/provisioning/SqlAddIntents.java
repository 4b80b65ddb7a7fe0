package dev.purser.provisioning;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Standing.OpenAdd;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
        List<Planned> planned = new ArrayList<>();
        for (Order order : orders.lock(lines.stream().map(Line::ref).toList())) {
            Line line = Line.of(order);
            if (line.mayBeAddedBy(lease.account().id())) {
                order.bind(lease.account());
                planned.add(new Planned(insert(lease, line), line));
            }
        }
        return planned;
    }

    private long insert(Lease lease, Line line) {
        return (Long) db.createNativeQuery(
                        "insert into cart_add (account_id, order_ref, fence) values (:account, :order, :fence) returning id",
                        Long.class)
                .setParameter("account", lease.account().id())
                .setParameter("order", line.ref())
                .setParameter("fence", lease.fence())
                .getSingleResult();
    }

    @Override
    @Failpoint(Step.ANSWERED)
    public void answered(Lease lease, List<Answered> answers) {
        leases.prove(lease);
        for (Answered answer : answers) {
            db.createNativeQuery("""
                            update cart_add set result = :result,
                                   counted_at = now() - cast(:ago || ' milliseconds' as interval)
                             where id = :id and result is null""")
                    .setParameter("result", answer.result().name())
                    .setParameter("ago", String.valueOf(answer.millisAgo()))
                    .setParameter("id", answer.planned().intent())
                    .executeUpdate();
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
