package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Faults.Kind;
import dev.purser.provisioning.SimDatabase.AccountRow;
import dev.purser.provisioning.SimDatabase.AddRow;
import dev.purser.provisioning.SimDatabase.BoughtRow;
import dev.purser.provisioning.SimDatabase.CheckoutRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.ReservationRow;
import dev.purser.provisioning.Standing.Billing;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.Elsewhere;
import dev.purser.provisioning.Standing.OpenAdd;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The store of one simulated process: the same transactions as in PostgreSQL, against tables in memory. A transaction happens
 * at one moment; before and after it time passes, in which the process may be killed or the answer lost.
 */
class SimStore implements Leases, Standings, Books, AddIntents, AccountBook, Bills {

    private static final Set<String> FREED_BY_MONEY = Set.of(
            Room.NO_BUDGET, Room.OVER_ORDER, Room.OVER_DAY, Room.OVER_MONTH, Room.OVER_CAMPAIGN, QuoteCheck.NO_FUNDS);

    final Simulation simulation;
    private final String me;

    SimStore(Simulation simulation, String me) {
        this.simulation = simulation;
        this.me = me;
    }

    SimDatabase db() {
        return simulation.database;
    }

    Instant now() {
        return simulation.time.now();
    }

    <T> T transaction(Supplier<T> work) {
        return transaction(simulation.faults.strikes(Kind.DATABASE_STALLS), work);
    }

    <T> T transaction(boolean stalls, Supplier<T> work) {
        Duration longest = stalls ? Duration.ofSeconds(15) : Duration.ofMillis(3);
        simulation.time.sleep(simulation.faults.within(longest));
        boolean strikes = simulation.faults.strikes(Kind.TRANSACTION);
        if (strikes && simulation.faults.either()) {
            throw new IllegalStateException("the database is away");
        }
        T result = work.get();
        simulation.time.sleep(simulation.faults.within(longest));
        if (strikes) {
            throw new IllegalStateException("the connection broke at the commit");
        }
        return result;
    }

    private void write(Lease lease, Runnable work) {
        transaction(() -> {
            prove(lease);
            work.run();
            return null;
        });
    }

    /** As the row lock does in PostgreSQL. */
    void prove(Lease lease) {
        AccountRow row = db().accounts.get(lease.account().id());
        if (row.fence() != lease.fence()
                || !me.equals(row.holder())
                || !row.leaseUntil().isAfter(now())) {
            throw new Lease.Lost(lease);
        }
    }

    private void change(UUID account, UnaryOperator<AccountRow> change) {
        db().accounts.computeIfPresent(account, (id, row) -> change.apply(row));
    }

    // ---- AccountBook

    @Override
    public Optional<String> bind(PurchasingAccount account) {
        return transaction(() -> {
            db().accounts
                    .putIfAbsent(account.id(), new AccountRow(account, null, 0, Instant.EPOCH, null, null, null, null));
            return Optional.empty();
        });
    }

    @Override
    public Instant lookedAt(PurchasingAccount account) {
        return transaction(() -> db().accounts.get(account.id()).lookedAt());
    }

    @Override
    public void remember(PurchasingAccount account, List<CartItem> items) {
        transaction(() -> {
            keep(account, items);
            return null;
        });
    }

    void keep(PurchasingAccount account, List<CartItem> items) {
        for (CartItem item : items) {
            OrderToken.find(item.description())
                    .ifPresent(token -> item.boughtLicense().ifPresent(license -> db().bought
                            .putIfAbsent(
                                    account.id() + "/" + item.id(),
                                    new BoughtRow(
                                            account.id(),
                                            item.id(),
                                            token.orderId().value(),
                                            license,
                                            item.purchased().time()))));
        }
    }

    @Override
    public void balance(PurchasingAccount account, BigDecimal balance) {
        transaction(() -> {
            change(account.id(), row -> row.withBalance(balance, now()));
            return null;
        });
    }

    @Override
    public void tellOrphans(Collection<UUID> configured) {
        // Nobody takes an account out of the configuration here.
    }

    @Override
    public void pause(String name, String why) {
        transaction(() -> {
            db().accounts.replaceAll((id, row) -> row.account().name().equals(name) ? row.paused(why) : row);
            return null;
        });
    }

    // ---- Leases

    @Override
    public Optional<Lease> acquire(PurchasingAccount account) {
        return transaction(() -> {
            AccountRow row = db().accounts.get(account.id());
            if (row.holder() != null && !row.leaseUntil().isBefore(now())) {
                return Optional.empty();
            }
            change(account.id(), old -> old.leasedTo(me, old.fence() + 1, now().plus(simulation.settings.lease())));
            return Optional.of(new Lease(account, row.fence() + 1));
        });
    }

    @Override
    public void renew(Lease lease) {
        write(lease, () -> extend(lease));
    }

    private void extend(Lease lease) {
        change(lease.account().id(), row -> row.leasedTo(me, row.fence(), now().plus(simulation.settings.lease())));
    }

    @Override
    public void release(Lease lease) {
        transaction(() -> {
            AccountRow row = db().accounts.get(lease.account().id());
            if (row.fence() == lease.fence() && me.equals(row.holder())) {
                change(lease.account().id(), old -> old.leasedTo(null, old.fence(), Instant.EPOCH));
            }
            return null;
        });
    }

    // ---- Standings

    @Override
    public Standing of(
            PurchasingAccount account, Collection<OrderId> named, Collection<UUID> others, boolean everyoneLooked) {
        return transaction(() -> standing(account, new HashSet<>(named), others, everyoneLooked));
    }

    private Standing standing(
            PurchasingAccount account, Set<OrderId> named, Collection<UUID> others, boolean everyoneLooked) {
        AccountRow row = db().accounts.get(account.id());
        List<Line> bound = lines(order -> account.id().equals(order.account)
                && Set.of(OrderState.RESOLVED, OrderState.IN_CART, OrderState.CHECKING_OUT, OrderState.UNKNOWN)
                        .contains(order.state));
        List<OrderRow> due = db().orders.values().stream()
                .filter(order -> order.state == OrderState.RESOLVED && order.account == null)
                .limit(simulation.settings.batch())
                .toList();
        List<Line> dueLines = due.stream().map(OrderRow::line).toList();
        Map<OrderId, Line> namedLines = new HashMap<>();
        lines(order -> named.contains(order.orderId)).forEach(line -> namedLines.putIfAbsent(line.orderId(), line));
        Duration newest = due.size() >= simulation.settings.batch()
                ? Settings.BATCH_CLOSES
                : due.stream()
                        .map(order -> order.since)
                        .max(Comparator.naturalOrder())
                        .map(since -> Duration.between(since, now()))
                        .orElse(Settings.BATCH_CLOSES);
        List<Line> held = lines(order -> order.state == OrderState.HELD
                && (FREED_BY_MONEY.contains(order.code)
                        || Room.NEEDS_APPROVAL.equals(order.code)
                                && (simulation.approvalAbove == null
                                        || !order.quoted.isMoreThan(simulation.approvalAbove)))
                && (order.account == null || order.account.equals(account.id())));
        List<AddRow> adds = db().adds.stream()
                .filter(add -> add.account().equals(account.id()))
                .toList();
        return new Standing(
                now(),
                account,
                db().isPaused(account.id()),
                row.lookedAt(),
                row.balance(),
                row.balanceAt(),
                bound,
                namedLines,
                dueLines,
                newest,
                held,
                adds.stream()
                        .filter(add -> add.result() == null)
                        .map(add -> new OpenAdd(add.order(), add.sentAt()))
                        .toList(),
                addedSince(adds, db().lookedAdd.getOrDefault(account.id(), 0L)),
                adds.size(),
                adds.stream()
                        .filter(add -> !"NOT_SENT".equals(add.result()))
                        .filter(add -> add.sentAt().isAfter(now().minus(Duration.ofMinutes(61))))
                        .map(add -> add.countedAt() == null ? add.sentAt().plusSeconds(15) : add.countedAt())
                        .sorted()
                        .toList(),
                openCheckout(account.id()).map(SimStore::shown),
                boughtBefore(Stream.concat(bound.stream(), dueLines.stream()).toList()),
                Set.copyOf(db().foreignTicks.getOrDefault(account.id(), Set.of())),
                db().foreignTicks.getOrDefault(account.id(), Set.of()).stream()
                        .map(db().retickedAt::get)
                        .filter(java.util.Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                room(account.id()),
                others.stream()
                        .filter(other -> !db().isPaused(other))
                        .map(other -> new Elsewhere(
                                room(other), db().accounts.get(other).balance()))
                        .toList(),
                everyoneLooked,
                billing(account.id()),
                Map.copyOf(db().removals));
    }

    private List<Line> lines(java.util.function.Predicate<OrderRow> which) {
        return db().orders.values().stream().filter(which).map(OrderRow::line).toList();
    }

    private static Set<Long> addedSince(List<AddRow> adds, long lookedAdd) {
        Set<Long> orders = new HashSet<>();
        adds.stream()
                .filter(add ->
                        add.result() == null || !Set.of("NOT_SENT", "REFUSED").contains(add.result()))
                .filter(add -> add.id() > lookedAdd)
                .forEach(add -> orders.add(add.order()));
        return orders;
    }

    private Optional<CheckoutRow> openCheckout(UUID account) {
        return db().checkouts.stream()
                .filter(row -> row.account().equals(account) && row.isOpen())
                .findFirst();
    }

    private static Checkout shown(CheckoutRow row) {
        return new Checkout(
                row.id(),
                Checkout.State.valueOf(row.state()),
                row.writtenAt(),
                row.disarmedAt(),
                row.lines(),
                row.billFrom());
    }

    private List<Bought> boughtBefore(List<Line> lines) {
        List<Bought> bought = new ArrayList<>();
        for (Line line : lines) {
            if (line.state() == OrderState.RESOLVED || line.state() == OrderState.IN_CART) {
                db().bought.values().stream()
                        .filter(row -> row.orderId().equals(line.orderId().value()))
                        .min(Comparator.comparing(BoughtRow::at).thenComparing(BoughtRow::item))
                        .ifPresent(row ->
                                bought.add(new Bought(line, row.account(), row.item(), row.license(), row.at())));
            }
        }
        return bought;
    }

    private Map<String, Room.Use> campaigns() {
        Map<String, Room.Use> uses = new HashMap<>();
        if (simulation.perCampaign != null) {
            Simulation.CAMPAIGNS.forEach(
                    campaign -> uses.put(campaign, db().campaign(campaign, simulation.perCampaign)));
        }
        return uses;
    }

    private Room room(UUID account) {
        List<ReservationRow> rows = db().reservations.stream()
                .filter(row -> row.account().equals(account))
                .toList();
        Money reserved = Money.sum(rows.stream()
                .filter(ReservationRow::isOpen)
                .map(ReservationRow::amount)
                .toList());
        Money spent = Money.sum(rows.stream()
                .filter(row -> row.spent() != null)
                .map(ReservationRow::spent)
                .toList());
        return new Room(
                null,
                new Room.Use(simulation.perDay, reserved, spent),
                new Room.Use(null, reserved, spent),
                simulation.approvalAbove,
                campaigns());
    }

    // ---- AddIntents

    @Override
    public List<Planned> plan(Lease lease, List<Line> lines) {
        return transaction(() -> {
            prove(lease);
            List<Planned> planned = new ArrayList<>();
            for (OrderRow order : locked(lines)) {
                if (order.line().mayBeAddedBy(lease.account().id())) {
                    order.account = lease.account().id();
                    long id = ++db().ids;
                    db().adds.add(new AddRow(id, lease.account().id(), order.ref, now(), null, null, null));
                    planned.add(new Planned(id, order.line()));
                }
            }
            return planned;
        });
    }

    private List<OrderRow> locked(Collection<Line> lines) {
        return lines.stream()
                .map(line -> db().orders.get(line.ref()))
                .filter(row -> row != null)
                .sorted(Comparator.comparingLong(row -> row.ref))
                .toList();
    }

    @Override
    public void answered(Lease lease, List<Answered> answers) {
        write(lease, () -> {
            for (Answered answer : answers) {
                if (answer.result() == null) {
                    db().adds
                            .replaceAll(add -> add.id() == answer.planned().intent() && add.result() == null
                                    ? add.saying(answer.words())
                                    : add);
                    continue;
                }
                long order = answer.planned().line().ref();
                db().adds
                        .replaceAll(add -> add.id() == answer.planned().intent() && add.result() == null
                                ? add.resulting(answer.result().name(), now().minusMillis(answer.millisAgo()))
                                        .saying(answer.words())
                                : add);
                boolean sentOnce =
                        db().adds.stream().anyMatch(add -> add.order() == order && !"NOT_SENT".equals(add.result()));
                OrderRow row = db().orders.get(order);
                if (answer.result() == Result.REFUSED && answer.words() != null) {
                    row.become(OrderState.REJECTED, now());
                    row.code = REFUSED;
                }
                if (answer.result() == Result.NOT_SENT
                        && !sentOnce
                        && row != null
                        && row.line().mayBeAdoptedBy(lease.account().id())) {
                    row.account = null;
                    if (row.cancelAsked) {
                        row.become(OrderState.CANCELLED, now());
                    }
                }
            }
        });
    }

    @Override
    public void giveUp(Lease lease, List<OpenAdd> adds) {
        Set<Long> orders = new TreeSet<>(adds.stream().map(OpenAdd::orderRef).toList());
        write(lease, () -> {
            db().adds
                    .replaceAll(add -> add.account().equals(lease.account().id())
                                    && add.result() == null
                                    && orders.contains(add.order())
                            ? add.resulting("LOST", null)
                            : add);
            UUID account = lease.account().id();
            db().adds.stream()
                    .filter(add -> add.account().equals(account) && orders.contains(add.order()))
                    .mapToLong(AddRow::id)
                    .min()
                    .ifPresent(first ->
                            db().lookedAdd.put(account, Math.min(db().lookedAdd.getOrDefault(account, 0L), first - 1)));
            orders.forEach(order -> holdRefused(account, db().orders.get(order)));
        });
    }

    private void holdRefused(UUID account, OrderRow order) {
        boolean twice = db().adds.stream()
                        .filter(add -> add.account().equals(account) && add.order() == order.ref)
                        .filter(add -> "LOST".equals(add.result()) && add.words() != null)
                        .count()
                >= 2;
        if (twice && order.line().mayBeAddedBy(account)) {
            order.become(OrderState.HELD, now());
            order.code = "add_refused";
        }
    }

    // ---- Books

    @Override
    public void looked(Lease lease, List<CartItem> bought, Instant at) {
        write(lease, () -> {
            keep(lease.account(), bought);
            change(lease.account().id(), row -> row.looked(at));
            db().lookedAdd
                    .put(
                            lease.account().id(),
                            db().adds.stream()
                                    .filter(add ->
                                            add.account().equals(lease.account().id()))
                                    .mapToLong(AddRow::id)
                                    .max()
                                    .orElse(0));
        });
    }

    @Override
    public void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners) {
        write(lease, () -> {
            for (Bought item : bought) {
                OrderRow order = db().orders.get(item.line().ref());
                if (order != null && order.line().isOpen()) {
                    Money cost = order.quoted == null ? item.line().ownPrice() : order.quoted;
                    purchased(order, owners.apply(item).id(), item, cost);
                }
            }
        });
    }

    private void purchased(OrderRow order, UUID account, Bought item, Money cost) {
        order.become(OrderState.PURCHASED, now());
        order.account = account;
        order.itemId = item.itemId();
        order.license = item.license();
        order.cost = cost;
        spend(account, order.ref, cost);
    }

    void spend(UUID account, long order, Money cost) {
        boolean[] settled = new boolean[1];
        db().reservations.replaceAll(row -> {
            if (row.isOpen() && row.account().equals(account) && row.order() != null && row.order() == order) {
                settled[0] = true;
                return row.spent(cost, now());
            }
            return row;
        });
        if (!settled[0]) {
            db().reservations.add(new ReservationRow(account, order, 0, cost, cost, now(), false));
        }
    }

    @Override
    public void adopt(Lease lease, Map<Line, Long> items) {
        write(
                lease,
                () -> items.forEach((line, item) -> {
                    OrderRow order = db().orders.get(line.ref());
                    if (order != null
                            && order.line().mayBeAdoptedBy(lease.account().id())) {
                        order.become(OrderState.IN_CART, now());
                        order.account = lease.account().id();
                        order.itemId = item;
                        db().adds
                                .replaceAll(add -> add.order() == order.ref && add.result() == null
                                        ? add.resulting("FOUND", add.countedAt())
                                        : add);
                    }
                }));
    }

    @Override
    public void cancel(Lease lease, List<Line> lines) {
        write(lease, () -> locked(lines).stream()
                .filter(order -> order.cancelAsked
                        && lines.stream().anyMatch(line -> line.ref() == order.ref && line.isStill(order.line())))
                .forEach(order -> order.become(OrderState.CANCELLED, now())));
    }

    @Override
    public void removed(Lease lease, long item) {
        write(lease, () -> db().removals.put(item, now()));
    }

    @Override
    public void reject(Lease lease, Line line, String words) {
        write(lease, () -> {
            OrderRow order = db().orders.get(line.ref());
            if (order != null && line.isStill(order.line())) {
                order.become(OrderState.REJECTED, now());
            }
        });
    }

    @Override
    public void hold(Lease lease, Collection<Held> orders) {
        write(lease, () -> {
            for (Held each : orders) {
                OrderRow order = db().orders.get(each.line().ref());
                Held held = asIntended(each);
                if (order == null || !held.line().isStill(order.line())) {
                    continue;
                }
                if (held.code().equals(REFUSED)) {
                    order.become(OrderState.REJECTED, now());
                    order.code = REFUSED;
                } else if (!order.cancelAsked) {
                    hold(order, held);
                }
            }
        });
    }

    private Held asIntended(Held held) {
        Held intended =
                held.code().equals(ITEM_REMOVED) ? db().holding.get(held.line().itemId()) : null;
        if (intended == null) {
            return held;
        }
        Money quoted = intended.quoted() == null ? held.quoted() : intended.quoted();
        return new Held(held.line(), intended.code(), intended.message(), quoted);
    }

    private void hold(OrderRow order, Held held) {
        order.become(OrderState.HELD, now());
        order.code = held.code();
        order.quoted = held.quoted() == null ? order.quoted : held.quoted();
        if (order.approved != null && held.quoted() != null && held.quoted().isMoreThan(order.approved)) {
            order.approved = null;
        }
    }

    @Override
    public void release(Lease lease, List<Line> lines) {
        write(lease, () -> locked(lines).stream()
                .filter(order -> order.state == OrderState.HELD)
                .forEach(order -> order.become(OrderState.RESOLVED, now())));
    }

    @Override
    public void noteTicks(Lease lease, List<CartItem> foreign) {
        write(lease, () -> foreign.forEach(item -> ticks(lease).add(item.id())));
    }

    @Override
    public void holding(Lease lease, Collection<Held> orders) {
        write(lease, () -> orders.forEach(held -> db().holding.put(held.line().itemId(), held)));
    }

    @Override
    public void noteRetick(Lease lease, long item) {
        write(lease, () -> db().retickedAt.put(item, now()));
    }

    @Override
    public void tickRestored(Lease lease, long item) {
        write(lease, () -> {
            ticks(lease).remove(item);
            db().retickedAt.remove(item);
        });
    }

    private Set<Long> ticks(Lease lease) {
        return db().foreignTicks.computeIfAbsent(lease.account().id(), id -> new TreeSet<>());
    }

    @Override
    public OptionalLong writeDown(Lease lease, Action.Pay pay) {
        return transaction(simulation.faults.strikesPayment(Kind.DATABASE_STALLS), () -> {
            proveAfresh(lease);
            if (!holdsRoomFor(pay) || isPaused(lease)) {
                return OptionalLong.empty();
            }
            if (openCheckout(lease.account().id()).isPresent()) {
                throw new IllegalStateException("unique constraint checkout_open");
            }
            List<OrderRow> orders = pay.lines().stream()
                    .map(line -> db().orders.get(line.orderRef()))
                    .toList();
            for (int i = 0; i < orders.size(); i++) {
                OrderRow order = orders.get(i);
                if (order == null
                        || order.state != OrderState.IN_CART
                        || order.itemId != pay.lines().get(i).itemId()) {
                    throw new IllegalStateException("not what was quoted any more");
                }
            }
            long id = ++db().ids;
            db().checkouts
                    .add(new CheckoutRow(
                            id,
                            lease.account().id(),
                            lease.fence(),
                            "PAYING",
                            now(),
                            null,
                            List.copyOf(pay.lines()),
                            pay.billFrom(),
                            null,
                            null));
            for (int i = 0; i < orders.size(); i++) {
                PaidLine line = pay.lines().get(i);
                orders.get(i).become(OrderState.CHECKING_OUT, now());
                orders.get(i).quoted = line.price();
                reserve(lease, line.orderRef(), id, line.price());
            }
            Money excess = pay.total()
                    .minus(Money.sum(pay.lines().stream().map(PaidLine::price).toList()));
            if (excess.isMoreThan(Money.ZERO)) {
                reserve(lease, null, id, excess);
            }
            simulation.oracle.written(lease);
            return OptionalLong.of(id);
        });
    }

    void proveAfresh(Lease lease) {
        prove(lease);
        extend(lease);
    }

    boolean isPaused(Lease lease) {
        return db().isPaused(lease.account().id());
    }

    boolean holdsRoomFor(Action.Pay pay) {
        return simulation.perCampaign == null
                || Simulation.CAMPAIGNS.stream().noneMatch(campaign -> {
                    Money asked = Money.sum(pay.lines().stream()
                            .filter(line -> campaign.equals(db().orders.get(line.orderRef()).campaign))
                            .map(PaidLine::price)
                            .toList());
                    Room.Use use = db().campaign(campaign, simulation.perCampaign);
                    return asked.isMoreThan(Money.ZERO)
                            && use.reserved().plus(use.spent()).plus(asked).isMoreThan(simulation.perCampaign);
                });
    }

    private void reserve(Lease lease, Long order, long checkout, Money amount) {
        db().reservations.add(new ReservationRow(lease.account().id(), order, checkout, amount, null, null, false));
    }

    private List<OrderRow> stillPaid(Checkout checkout) {
        return checkout.lines().stream()
                .map(line -> db().orders.get(line.orderRef()))
                .filter(order ->
                        order != null && (order.state == OrderState.CHECKING_OUT || order.state == OrderState.UNKNOWN))
                .toList();
    }

    @Override
    public void callOff(Lease lease, Checkout checkout, String why) {
        write(lease, () -> {
            stillPaid(checkout).forEach(order -> order.become(OrderState.IN_CART, now()));
            shut(checkout, "CALLED_OFF");
        });
    }

    @Override
    public void doubt(Lease lease, Checkout checkout, String why) {
        write(lease, () -> {
            stillPaid(checkout).forEach(order -> order.become(OrderState.UNKNOWN, now()));
            become(checkout, "DOUBTED", null);
        });
    }

    @Override
    public void asked(Lease lease, Checkout checkout, String answer) {
        write(lease, () -> {});
    }

    @Override
    public void disarmed(Lease lease, Checkout checkout) {
        write(lease, () -> become(checkout, "DISARMED", now()));
    }

    private void become(Checkout checkout, String state, Instant disarmed) {
        db().checkouts.replaceAll(row -> row.id() == checkout.id() ? row.become(state, disarmed) : row);
    }

    private void shut(Checkout checkout, String state) {
        db().reservations.replaceAll(row -> row.checkout() == checkout.id() && row.isOpen() ? row.free() : row);
        become(checkout, state, checkout.disarmedAt());
        change(checkout.id(), row -> row.answered(row.disarmedAt() == null ? now() : row.disarmedAt()));
    }

    private void change(long checkout, UnaryOperator<CheckoutRow> change) {
        db().checkouts.replaceAll(row -> row.id() == checkout ? change.apply(row) : row);
    }

    @Override
    public void close(Lease lease, Action.Close close) {
        write(lease, () -> {
            Map<Long, Bought> bought = new HashMap<>();
            close.bought().forEach(item -> bought.put(item.line().ref(), item));
            Money spent = Money.ZERO;
            for (OrderRow order : stillPaid(close.checkout())) {
                Bought item = bought.get(order.ref);
                if (item == null) {
                    order.become(OrderState.IN_CART, now());
                } else {
                    purchased(order, lease.account().id(), item, order.quoted);
                    spent = spent.plus(order.quoted);
                }
            }
            Money paid = spent;
            shut(close.checkout(), "SETTLED");
            if (close.bought().isEmpty() || !close.billed().isEmpty()) {
                change(close.checkout().id(), row -> row.billed(close.bought().isEmpty() ? "PROVEN" : "SEEN"));
            }
            change(
                    lease.account().id(),
                    row -> row.balance() == null
                            ? row
                            : row.withBalance(row.balance().subtract(paid.usd()), row.balanceAt()));
            if (close.pause() != null) {
                change(lease.account().id(), row -> row.paused(close.pause()));
            }
        });
    }

    // ---- Bills

    private Billing billing(UUID account) {
        List<Unproven> unproven = db().checkouts.stream()
                .filter(row -> row.account().equals(account) && row.isUnproven())
                .filter(row -> row.writtenAt().isAfter(now().minus(Duration.ofHours(1))))
                .map(row -> new Unproven(
                        row.id(),
                        row.bill() != null,
                        row.answeredAt(),
                        row.billFrom(),
                        row.lines().stream()
                                .filter(line -> {
                                    OrderRow order = db().orders.get(line.orderRef());
                                    return order.license != null && order.itemId == line.itemId();
                                })
                                .toList(),
                        row.lines().stream().map(PaidLine::itemId).collect(java.util.stream.Collectors.toSet())))
                .toList();
        return new Billing(List.copyOf(db().ledgerReads.getOrDefault(account, List.of())), unproven);
    }

    @Override
    public void asking(Lease lease) {
        write(lease, () -> db().ledgerReads
                .computeIfAbsent(lease.account().id(), id -> new ArrayList<>())
                .add(now()));
    }

    @Override
    public void book(Lease lease, List<Bill.Verdict> verdicts) {
        write(
                lease,
                () -> verdicts.forEach(verdict -> {
                    String state = verdict.complete() ? "PROVEN" : "SEEN";
                    change(
                            verdict.checkout().checkout(),
                            row -> row.billed(verdict.objection() == null ? state : "DIFFERS"));
                    verdict.billed().forEach((line, billed) -> db().reservations
                            .replaceAll(row -> row.checkout()
                                                    == verdict.checkout().checkout()
                                            && row.spent() != null
                                            && Long.valueOf(line.orderRef()).equals(row.order())
                                    ? row.spent(billed.cost(), billed.time())
                                    : row));
                    verdict.extra().forEach(line -> db().reservations
                            .add(new ReservationRow(
                                    lease.account().id(),
                                    verdict.checkout().lines().stream()
                                            .filter(paid ->
                                                    Long.valueOf(paid.itemId()).equals(line.itemId()))
                                            .map(PaidLine::orderRef)
                                            .findFirst()
                                            .orElse(null),
                                    0,
                                    line.cost(),
                                    line.cost(),
                                    now(),
                                    false)));
                    if (verdict.objection() != null) {
                        change(lease.account().id(), row -> row.paused(verdict.objection()));
                    }
                }));
    }
}
