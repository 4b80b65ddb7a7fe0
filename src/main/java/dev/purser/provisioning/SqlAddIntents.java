package dev.purser.provisioning;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.Orders;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.Standing.OpenAdd;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class SqlAddIntents implements AddIntents {

    /** The additions of an account's row that may have arrived since the look, oldest first: each order and its microseconds. */
    static final String SINCE_LOOK = """
            select array_agg(pair.value order by a.id, pair.ordinal)
              from cart_add a cross join lateral unnest(
                  array[a.order_ref, (extract(epoch from a.sent_at) * 1000000)::bigint]) with ordinality as pair (value, ordinal)
             where a.account_id = :account and a.id > looked_add
               and (a.result is null or a.result not in ('NOT_SENT', 'REFUSED'))""";

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

    static List<OpenAdd> open(AccountSql account) {
        return account.rows("select order_ref, sent_at from cart_add where account_id = :account and result is null")
                .map(row -> new OpenAdd(row.get(0, Long.class), row.get(1, Instant.class)))
                .toList();
    }

    static Map<Long, Instant> sinceLook(Long @Nullable [] pairs) {
        Map<Long, Instant> sent = new HashMap<>();
        for (int i = 0; pairs != null && i < pairs.length; i += 2) {
            sent.put(pairs[i], Instant.EPOCH.plus(pairs[i + 1], ChronoUnit.MICROS));
        }
        return sent;
    }

    /** The additions of the last hour, oldest first; an intent of unknown fate counts as late as it may have been sent. */
    @SuppressWarnings("unchecked")
    static List<Instant> counted(EntityManager db, UUID account) {
        Stream<Tuple> rows = db.createNativeQuery("""
                        select coalesce(counted_at, sent_at + interval '15 seconds') from cart_add
                         where account_id = :account and sent_at > now() - interval '61 minutes'
                           and (result is null or result <> 'NOT_SENT')
                         order by 1""", Tuple.class)
                .setParameter("account", account)
                .getResultStream();
        return rows.map(row -> row.get(0, Instant.class)).toList();
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
                        update cart_add a set result = t.result, words = t.words,
                               counted_at = now() - t.millis * interval '1 millisecond'
                          from unnest(cast(:ids as bigint[]), cast(:results as text[]), cast(:ages as bigint[]),
                                      cast(:words as text[])) as t (id, result, millis, words)
                         where a.id = t.id and a.result is null""")
                .setParameter(
                        "ids",
                        answers.stream()
                                .map(answer -> answer.planned().intent())
                                .toArray(Long[]::new))
                .setParameter(
                        "results",
                        answers.stream()
                                .map(answer -> answer.result() == null
                                        ? null
                                        : answer.result().name())
                                .toArray(String[]::new))
                .setParameter("words", answers.stream().map(Answered::words).toArray(String[]::new))
                .setParameter("ages", answers.stream().map(Answered::millisAgo).toArray(Long[]::new))
                .executeUpdate();
        for (Answered answer : answers) {
            if (answer.result() == Result.NOT_SENT) {
                unbind(lease.account().id(), answer.planned().line().ref());
            }
            if (answer.result() == Result.REFUSED && answer.words() != null) {
                orders.lock(List.of(answer.planned().line().ref()))
                        .forEach(order -> order.reject(
                                "refused_by_cocalc",
                                new Because("CoCalc refused it: " + answer.words(), "engine", clock.instant())));
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
        // An item of theirs may have come and been bought after a look that was earlier: they want another one.
        db.createNativeQuery("""
                        update purchasing_account p
                           set looked_add = least(looked_add, (select min(id) - 1 from cart_add a
                                                                where a.account_id = p.account_id and a.order_ref in :orders))
                         where account_id = :account""")
                .setParameter("account", lease.account().id())
                .setParameter("orders", adds.stream().map(OpenAdd::orderRef).toList())
                .executeUpdate();
        holdRefused(lease, adds.stream().map(OpenAdd::orderRef).toArray(Long[]::new));
    }

    /** What CoCalc does not take, in words of no list, must not be tried again and again before all the others. */
    private void holdRefused(Lease lease, Long[] refs) {
        Map<Long, String> refused = new AccountSql(db, lease.account())
                .rows("""
                        select order_ref, max(words) from cart_add
                         where account_id = :account and result = 'LOST' and words is not null
                         group by order_ref having count(*) >= 2""")
                .collect(Collectors.toMap(row -> row.get(0, Long.class), row -> row.get(1, String.class)));
        orders.lock(Stream.of(refs).filter(refused::containsKey).toList()).stream()
                .filter(order -> Line.of(order).mayBeAddedBy(lease.account().id()))
                .forEach(order -> order.hold(
                        "add_refused",
                        null,
                        new Because(
                                "CoCalc did not take it into the cart, twice, and says: " + refused.get(order.ref()),
                                "engine",
                                clock.instant())));
    }
}
