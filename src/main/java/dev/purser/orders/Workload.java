package dev.purser.orders;

import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The orders table as the queue that provisioning works from. Methods join the caller's transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Workload {

    private final EntityManager db;

    Workload(EntityManager db) {
        this.db = db;
    }

    /**
     * What one purchasing account is at work on; and, of what is bound to no account yet, the oldest. In the order of their keys.
     *
     * @param unbound so many at most; one, to see that there is more, while so many are in the cart
     */
    @SuppressWarnings("unchecked")
    public List<Order> atHand(UUID purchasingAccount, int unbound) {
        return db.createNativeQuery("""
                        (select * from orders
                          where purchasing_account = :account and state in ('RESOLVED', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN'))
                        union all
                        (select * from orders where state = 'RESOLVED' and purchasing_account is null order by id
                          limit case when (select count(*) from orders
                                            where purchasing_account = :account and state = 'IN_CART'
                                              and cancel_asked_at is null) >= :unbound
                                     then least(1, :unbound) else :unbound end)
                        order by id""", Order.class)
                .setParameter("account", purchasingAccount)
                .setParameter("unbound", unbound)
                .getResultList();
    }

    /** Held for one of these reasons and not bound to another account, the cheapest first. */
    public List<Order> held(UUID purchasingAccount, Collection<String> codes, int limit) {
        return Order.<Order>find(
                        "state = ?1 and reason.code in ?2 and (binding.account is null or binding.account = ?3)"
                                + " order by quotedCost, id",
                        OrderState.HELD,
                        codes,
                        purchasingAccount)
                .page(0, limit)
                .list();
    }

    /** As {@link #held}, for one reason, and only those that were quoted no more than this. */
    public List<Order> heldUpTo(Money quoted, UUID purchasingAccount, String code, int limit) {
        return Order.<Order>find(
                        "state = ?1 and reason.code = ?2 and (binding.account is null or binding.account = ?3)"
                                + " and quotedCost <= ?4 order by quotedCost, id",
                        OrderState.HELD,
                        code,
                        purchasingAccount,
                        quoted)
                .page(0, limit)
                .list();
    }

    /** As {@link #held}, for one reason; of every campaign the cheapest first, so that one that is used up hides no other. */
    @SuppressWarnings("unchecked")
    public List<Order> heldOfEachCampaign(UUID purchasingAccount, String code, int limit) {
        return db.createNativeQuery("""
                        select o.* from orders o join (
                            select id, row_number() over (partition by campaign order by quoted_cost, id) as nth from orders
                             where state = 'HELD' and code = :code
                               and (purchasing_account is null or purchasing_account = :account)) ranked using (id)
                         order by nth, id limit :limit""", Order.class)
                .setParameter("code", code)
                .setParameter("account", purchasingAccount)
                .setParameter("limit", limit)
                .getResultList();
    }

    public List<Order> named(Collection<OrderId> orderIds) {
        return orderIds.isEmpty()
                ? List.of()
                : Order.list(
                        "orderId in ?1", orderIds.stream().map(OrderId::value).toList());
    }

    /** Given to one caller, and to another only when {@code claim} has passed. */
    @SuppressWarnings("unchecked")
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    @Failpoint(Step.HANDOVER)
    public List<Order> claimForHandover(int limit, Duration claim) {
        return db.createNativeQuery("""
                        update orders set due_at = now() + cast(:claim as interval)
                         where id in (select id from orders
                                       where state = 'PURCHASED' and (due_at is null or due_at < now())
                                       order by id limit :limit for update skip locked)
                        returning *""", Order.class)
                .setParameter("claim", claim.toString())
                .setParameter("limit", limit)
                .getResultList();
    }
}
