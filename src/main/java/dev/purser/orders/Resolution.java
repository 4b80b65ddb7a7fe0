package dev.purser.orders;

import dev.purser.outcomes.Announcement;
import dev.purser.outcomes.OutboxEntry;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the answer about a customer account means for its orders: they are resolved, or rejected. Those that wait are changed by one
 * statement, with their history, as {@link Order#resolve} and {@link Order#reject} would one by one.
 *
 * @param code why they are rejected, or null
 */
record Resolution(boolean emailKnown, @Nullable String code, Because because) {

    static Resolution resolved(boolean emailKnown, Because because) {
        return new Resolution(emailKnown, null, because);
    }

    static Resolution rejected(String code, Because because) {
        return new Resolution(false, code, because);
    }

    void on(Order order) {
        if (code == null) {
            order.resolve(emailKnown, because);
        } else {
            order.reject(code, because);
        }
    }

    /** @return how many there were; those that somebody wants to cancel are left out */
    @SuppressWarnings("unchecked")
    int onThoseThatWait(EntityManager db, UUID account, int limit) {
        List<Object[]> answered = db.createNativeQuery("""
                        with waiting as materialized (
                            select id from orders
                             where state = 'RECEIVED' and account_id = :account and cancel_asked_at is null
                             order by id limit :limit for no key update
                        ), answered as (
                            update orders set state = :state, state_since = :at, due_at = null, email_known = :email,
                                   code = nullif(:code, ''), message = nullif(:message, ''),
                                   completed_at = case when :code <> '' then cast(:at as timestamptz) end,
                                   events = events + 1
                              from waiting where orders.id = waiting.id
                            returning orders.id, order_id, attempt, campaign, events
                        ), told as (
                            insert into order_event (order_ref, number, attempt, at, from_state, to_state, why, actor)
                            select id, events, attempt, cast(:at as timestamptz), 'RECEIVED', :state, :why, :actor from answered
                        )
                        select order_id, attempt, campaign from answered order by id""")
                .setParameter("account", account)
                .setParameter("limit", limit)
                .setParameter("state", (code == null ? OrderState.RESOLVED : OrderState.REJECTED).name())
                .setParameter("at", because.at())
                .setParameter("email", emailKnown)
                .setParameter("code", code == null ? "" : code)
                .setParameter("message", code == null ? "" : because.why())
                .setParameter("why", because.why())
                .setParameter("actor", because.actor())
                .getResultList();
        if (code != null && !answered.isEmpty()) {
            OutboxEntry.appendAll(
                    answered.stream().map(row -> announcement(account, row)).toList());
        }
        return answered.size();
    }

    private Announcement announcement(UUID account, @Nullable Object[] row) {
        return Outcome.rejected(
                (String) row[0], (Integer) row[1], account, (String) row[2], String.valueOf(code), because);
    }
}
