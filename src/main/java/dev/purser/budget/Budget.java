package dev.purser.budget;

import dev.purser.kernel.Money;
import dev.purser.orders.Order;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The reservation ledger. Whoever reserves holds the purchasing account's row lock, so that two instances cannot both
 * find the last dollar. Days and months are UTC, by the database's clock.
 */
@ApplicationScoped
public class Budget {

    private final EntityManager db;
    private final Limits limits;
    private final Optional<BigDecimal> approvalAbove;

    Budget(
            EntityManager db,
            Limits limits,
            @ConfigProperty(name = "purser.approval-above") Optional<BigDecimal> approvalAbove) {
        this.db = db;
        this.limits = limits;
        this.approvalAbove = approvalAbove;
    }

    /** An order that costs more waits for an approver; null: none does. */
    public @Nullable Money approvalAbove() {
        return limit(approvalAbove);
    }

    public boolean limitsCampaigns() {
        return limits.perCampaign().isPresent();
    }

    @Transactional
    public Room room(UUID account) {
        return room(account, Set.of());
    }

    /** @param campaigns those that will be asked about */
    @Transactional
    public Room room(UUID account, Collection<String> campaigns) {
        Object[] sums = (Object[])
                db.createNativeQuery("""
                        select coalesce(sum(amount) filter (where spent is null), 0),
                               coalesce(sum(spent) filter (where spent_at >= date_trunc('day', now(), 'UTC')), 0),
                               coalesce(sum(spent), 0)
                          from (select amount, null::numeric as spent, null::timestamptz as spent_at from reservation
                                 where account_id = :account and released_at is null and spent is null
                                union all
                                select amount, spent, spent_at from reservation
                                 where account_id = :account and spent is not null
                                   and spent_at >= date_trunc('month', now(), 'UTC')) as counted""").setParameter("account", account).getSingleResult();
        Money reserved = new Money((BigDecimal) sums[0]);
        return new Room(
                limit(limits.perOrder()),
                new Room.Use(limit(limits.perDay()), reserved, new Money((BigDecimal) sums[1])),
                new Room.Use(limit(limits.perMonth()), reserved, new Money((BigDecimal) sums[2])),
                limit(approvalAbove),
                uses(campaigns));
    }

    /** What an account may spend that has spent nothing yet: what does not fit there fits nowhere. */
    @Transactional
    public Room untouched(Collection<String> campaigns) {
        return new Room(
                limit(limits.perOrder()),
                new Room.Use(limit(limits.perDay()), Money.ZERO, Money.ZERO),
                new Room.Use(limit(limits.perMonth()), Money.ZERO, Money.ZERO),
                limit(approvalAbove),
                uses(campaigns));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Room.Use> uses(Collection<String> campaigns) {
        Money limit = limit(limits.perCampaign());
        if (limit == null || campaigns.isEmpty()) {
            return Map.of();
        }
        Map<String, Room.Use> uses = new HashMap<>();
        campaigns.forEach(campaign -> uses.put(campaign, new Room.Use(limit, Money.ZERO, Money.ZERO)));
        Stream<Object[]> rows = db.createNativeQuery("""
                        select campaign, coalesce(sum(amount) filter (where spent is null), 0), coalesce(sum(spent), 0)
                          from reservation
                         where campaign = any (cast(:campaigns as text[])) and released_at is null group by campaign""")
                .setParameter("campaigns", campaigns.stream().distinct().toArray(String[]::new))
                .getResultStream();
        rows.forEach(row -> uses.put(
                (String) row[0], new Room.Use(limit, new Money((BigDecimal) row[1]), new Money((BigDecimal) row[2]))));
        return uses;
    }

    /**
     * Whether the campaigns' limits still allow this, until the transaction ends: others who ask for one of these campaigns wait
     * until then, on whatever account and instance. Ask it before {@link #reserve}, in the same transaction.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean holdsRoomFor(Planned planned) {
        Set<String> campaigns = planned.campaigns().keySet();
        if (!limitsCampaigns() || campaigns.isEmpty()) {
            return true;
        }
        // In one order, so that two who ask for the same campaigns wait for each other instead of dying.
        campaigns.stream().sorted().forEach(campaign -> db.createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended(:campaign, 6)) as text)", String.class)
                .setParameter("campaign", "purser campaign " + campaign)
                .getSingleResult());
        Map<String, Room.Use> uses = uses(campaigns);
        return uses.entrySet().stream().noneMatch(use -> use.getValue().lacks(planned.of(use.getKey())));
    }

    /** @param amounts what each order will cost; {@code excess} what the total exceeds their sum by */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reserve(UUID account, long checkout, Map<Long, Money> amounts, Money excess) {
        db.createNativeQuery("""
                        insert into reservation (account_id, order_ref, campaign, checkout_id, amount)
                        select :account, t.order_ref, o.campaign, :checkout, t.amount
                          from unnest(cast(:orders as bigint[]), cast(cast(:amounts as text[]) as numeric[]))
                            as t (order_ref, amount) join orders o on o.id = t.order_ref""")
                .setParameter("account", account)
                .setParameter("checkout", checkout)
                .setParameter("orders", amounts.keySet().toArray(Long[]::new))
                .setParameter(
                        "amounts",
                        amounts.values().stream().map(Money::toString).toArray(String[]::new))
                .executeUpdate();
        if (excess.isMoreThan(Money.ZERO)) {
            db.createNativeQuery("""
                            insert into reservation (account_id, checkout_id, amount)
                            values (:account, :checkout, :amount)""")
                    .setParameter("account", account)
                    .setParameter("checkout", checkout)
                    .setParameter("amount", excess.usd())
                    .executeUpdate();
        }
    }

    /** What an order cost. @param at the ledger's time: the purchase counts in its day and month */
    public record Spending(Money usd, Instant at) {}

    /** Orders that were bought, with or without a reservation. */
    @SuppressWarnings("unchecked")
    @Transactional(Transactional.TxType.MANDATORY)
    public void settle(UUID account, Map<Long, Spending> spending) {
        List<Map.Entry<Long, Spending>> each = List.copyOf(spending.entrySet());
        List<Long> settled = db.createNativeQuery("""
                        update reservation r set spent = t.spent, spent_at = t.at
                          from unnest(cast(:orders as bigint[]), cast(cast(:amounts as text[]) as numeric[]),
                                      cast(cast(:times as text[]) as timestamptz[])) as t (order_ref, spent, at)
                         where r.order_ref = t.order_ref and r.account_id = :account
                           and r.released_at is null and r.spent is null
                        returning r.order_ref""", Long.class)
                .setParameter("orders", each.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                .setParameter(
                        "amounts",
                        each.stream()
                                .map(entry -> entry.getValue().usd().toString())
                                .toArray(String[]::new))
                .setParameter(
                        "times",
                        each.stream()
                                .map(entry -> entry.getValue().at().toString())
                                .toArray(String[]::new))
                .setParameter("account", account)
                .getResultList();
        spending.forEach((order, spent) -> {
            if (!settled.contains(order)) {
                spendUnreserved(account, order, spent.usd(), spent.at());
            }
        });
    }

    /**
     * Spent without a reservation of its own, and yet it is money gone.
     *
     * @param order what it was spent on; null where that was no order of ours
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void spendUnreserved(UUID account, @Nullable Long order, Money spent, Instant at) {
        db.createNativeQuery("""
                        insert into reservation (account_id, order_ref, campaign, amount, spent, spent_at)
                        values (:account, :order, cast(:campaign as text), greatest(:spent, 0), :spent,
                                cast(:at as timestamptz))""")
                .setParameter("campaign", order == null ? null : campaign(order))
                .setParameter("account", account)
                .setParameter("order", order)
                .setParameter("spent", spent.usd())
                .setParameter("at", at.toString())
                .executeUpdate();
    }

    /** The ledger's amount and time take the place of what was assumed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void billed(long checkout, long order, Money spent, Instant at) {
        db.createNativeQuery("""
                        update reservation set spent = :spent, spent_at = cast(:at as timestamptz)
                         where checkout_id = :checkout and order_ref = :order and spent is not null""")
                .setParameter("spent", spent.usd())
                .setParameter("at", at.toString())
                .setParameter("checkout", checkout)
                .setParameter("order", order)
                .executeUpdate();
    }

    /** As above, whichever checkout it was; where the order was spent on more than once, each is what it is. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void billed(long order, Money spent, Instant at) {
        db.createNativeQuery("""
                        update reservation set spent = :spent, spent_at = cast(:at as timestamptz)
                         where order_ref = :order and spent is not null
                           and (select count(*) from reservation where order_ref = :order and spent is not null) = 1""")
                .setParameter("spent", spent.usd())
                .setParameter("at", at.toString())
                .setParameter("order", order)
                .executeUpdate();
    }

    /** Whatever of a checkout was not spent is free again; call it in the transaction that closes the checkout. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void releaseRest(long checkout) {
        db.createNativeQuery("""
                        update reservation set released_at = now()
                         where checkout_id = :checkout and released_at is null and spent is null""").setParameter("checkout", checkout).executeUpdate();
    }

    private static @Nullable String campaign(long order) {
        return Order.<Order>findByIdOptional(order).map(Order::campaign).orElse(null);
    }

    private static @Nullable Money limit(Optional<BigDecimal> usd) {
        return usd.map(Money::roundedDown).orElse(null);
    }
}
