package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Order;
import dev.purser.orders.Workload;
import dev.purser.provisioning.Standing.Elsewhere;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SqlStandings implements Standings {

    /** What money or a limit can free; a person frees the others. */
    private static final Set<String> FREED_BY_MONEY =
            Set.of(Room.NO_BUDGET, Room.OVER_ORDER, Room.OVER_DAY, Room.OVER_MONTH, QuoteCheck.NO_FUNDS);

    private static final int HELD = 50;

    private final EntityManager db;
    private final Workload workload;
    private final Budget budget;
    private final Settings settings;

    SqlStandings(EntityManager db, Workload workload, Budget budget, Settings settings) {
        this.db = db;
        this.workload = workload;
        this.budget = budget;
        this.settings = settings;
    }

    /** Asked so often that PostgreSQL plans its questions once for each connection, and not anew for each account. */
    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Standing of(
            PurchasingAccount account, Collection<OrderId> named, Collection<UUID> others, boolean everyoneLooked) {
        onlyRead();
        AccountSql rows = new AccountSql(db, account);
        Tuple row = (Tuple) db.createNativeQuery("""
                        select now(), exists (%s), looked_at, balance, balance_at,
                               exists (select from orders where state = 'HELD'
                                          and (purchasing_account is null or purchasing_account = :account)),
                               exists (select from cart_add where account_id = :account and result is null),
                               exists (select from checkout where account_id = :account
                                          and state in ('PAYING', 'DOUBTED', 'DISARMED')),
                               exists (select from foreign_tick where account_id = :account),
                               (select count(*) from (select from cart_add where account_id = :account
                                                         and sent_at > now() - interval '15 minutes' limit 500) as lately),
                               (%s),
                               exists (select from item_removal where account_id = :account and removed_at is not null),
                               set_config('plan_cache_mode', 'force_generic_plan', true)
                          from purchasing_account where account_id = :account""".formatted(Pauses.OPEN, SqlAddIntents.SINCE_LOOK), Tuple.class)
                .setParameter("name", account.name())
                .setParameter("account", account.id())
                .getSingleResult();
        boolean anyHeld = row.get(5, Boolean.class);
        boolean anyOpenAdd = row.get(6, Boolean.class);
        boolean anyOpenCheckout = row.get(7, Boolean.class);
        boolean anyTick = row.get(8, Boolean.class);
        Instant now = row.get(0, Instant.class);
        // An open checkout is resolved before anything else is looked at.
        List<Order> atHand = workload.atHand(account.id(), anyOpenCheckout ? 0 : settings.batch());
        List<Order> due = atHand.stream()
                .filter(order -> order.purchasingAccount() == null)
                .toList();
        List<Line> bound = lines(atHand.stream()
                .filter(order -> order.purchasingAccount() != null)
                .toList());
        List<Line> dueLines = lines(due);
        List<Line> held = anyHeld && !anyOpenCheckout ? held(account.id()) : List.of();
        List<String> campaigns = Stream.of(bound, dueLines, held)
                .flatMap(List::stream)
                .map(Line::campaign)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Standing(
                now,
                account,
                row.get(1, Boolean.class),
                row.get(2, Instant.class),
                row.get(3, BigDecimal.class),
                row.get(4, Instant.class),
                bound,
                named(named, Stream.concat(bound.stream(), dueLines.stream())),
                dueLines,
                sinceNewest(due, now),
                held,
                anyOpenAdd ? SqlAddIntents.open(rows) : List.of(),
                anyOpenCheckout ? Map.of() : SqlAddIntents.sinceLook(row.get(10, Long[].class)),
                row.get(9, Long.class).intValue(),
                settings.throttle().on() ? SqlAddIntents.counted(db, account.id()) : List.of(),
                anyOpenCheckout ? SqlCheckouts.open(rows) : Optional.empty(),
                anyOpenCheckout
                        ? List.of()
                        : SqlBoughtItems.before(
                                db,
                                Stream.concat(bound.stream(), dueLines.stream()).toList()),
                anyTick ? SqlForeignTicks.of(rows) : Set.of(),
                anyTick ? SqlForeignTicks.retickedAt(rows) : null,
                anyOpenCheckout ? Room.NONE : budget.room(account.id(), campaigns),
                anyOpenCheckout ? List.of() : elsewhere(others, campaigns),
                everyoneLooked,
                anyOpenCheckout
                        ? new Standing.Billing(reads(account.id()), List.of())
                        : SqlBills.billing(db, account.id(), settings.throttle().on()),
                row.get(11, Boolean.class) ? SqlBooks.removals(rows, bound) : List.of());
    }

    private List<Elsewhere> elsewhere(Collection<UUID> others, List<String> campaigns) {
        return others.stream()
                .filter(this::isBuying)
                .map(other -> new Elsewhere(budget.room(other, campaigns), balance(other)))
                .toList();
    }

    /** Nothing that is loaded here is changed, so nothing is compared with what it was. */
    private void onlyRead() {
        Session session = db.unwrap(Session.class);
        session.setDefaultReadOnly(true);
        session.setHibernateFlushMode(FlushMode.MANUAL);
    }

    private List<Instant> reads(UUID account) {
        return settings.throttle().on() ? SqlBills.reads(db, account) : List.of();
    }

    /** Most are known by then. */
    private Map<OrderId, Line> named(Collection<OrderId> names, Stream<Line> known) {
        Map<OrderId, Line> lines = known.filter(line -> names.contains(line.orderId()))
                .collect(Collectors.toMap(Line::orderId, Function.identity(), (line, same) -> line));
        List<OrderId> others =
                names.stream().filter(name -> !lines.containsKey(name)).toList();
        workload.named(others).stream().map(Line::of).forEach(line -> lines.put(line.orderId(), line));
        return lines;
    }

    /** Those that a raised limit or more money may have freed. Each reason is asked for by itself, so that none crowds out another. */
    private List<Line> held(UUID account) {
        Money unasked = budget.approvalAbove();
        return Stream.of(
                        workload.held(account, FREED_BY_MONEY, HELD),
                        unasked == null
                                ? workload.held(account, Set.of(Room.NEEDS_APPROVAL), HELD)
                                : workload.heldUpTo(unasked, account, Room.NEEDS_APPROVAL, HELD),
                        budget.limitsCampaigns()
                                ? workload.heldOfEachCampaign(account, Room.OVER_CAMPAIGN, HELD)
                                : workload.held(account, Set.of(Room.OVER_CAMPAIGN), HELD))
                .flatMap(List::stream)
                .map(Line::of)
                .toList();
    }

    private static List<Line> lines(List<Order> orders) {
        return orders.stream().map(Line::of).toList();
    }

    /** A full batch need not wait for company. */
    private Duration sinceNewest(List<Order> due, Instant now) {
        return due.size() >= settings.batch()
                ? Settings.BATCH_CLOSES
                : due.stream()
                        .map(Order::stateSince)
                        .max(Instant::compareTo)
                        .map(newest -> Duration.between(newest, now))
                        .orElse(Settings.BATCH_CLOSES);
    }

    private boolean isBuying(UUID account) {
        return (Boolean) db.createNativeQuery("""
                        select not exists (select from pause p where p.resumed_at is null
                                              and (p.account is null or p.account = a.name))
                          from purchasing_account a where a.account_id = :account""", Boolean.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    private @Nullable BigDecimal balance(UUID account) {
        return (BigDecimal) db.createNativeQuery(
                        "select balance from purchasing_account where account_id = :account", BigDecimal.class)
                .setParameter("account", account)
                .getSingleResult();
    }
}
