package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Faults.Kind;
import dev.purser.provisioning.SimCoCalc.Account;
import dev.purser.provisioning.SimCoCalc.Item;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.Sent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One run of the real engine, in one to three processes, against a simulated CoCalc and a simulated database, with faults drawn
 * from a seed: the same seed, the same run. The oracle watches the ledger while it runs and afterwards.
 */
final class Simulation {

    private static final Logger QUIET = Logger.getLogger("dev.purser.provisioning");
    private static final Duration STORM = Duration.ofSeconds(40);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    static final List<String> CAMPAIGNS = List.of("spring", "autumn");

    final SimTime time = new SimTime();
    final SimCoCalc world = new SimCoCalc(time::now);
    final Oracle oracle = new Oracle(this);
    final List<OrderId> accepted = new ArrayList<>();
    final Faults faults;
    final Settings settings;
    final Money perDay;
    final Money perCampaign;
    final Money approvalAbove;

    final boolean throttled;
    /** Sixteen orders at once, three accounts, and money for some of them. */
    private final boolean atTheEdge;

    SimDatabase database = new SimDatabase();

    private final long seed;
    private final Random random;
    private final PlantedBug bug;
    private final SimDoor door;
    private final List<SimProcess> processes = new ArrayList<>();
    /** The dearest price that a person has let each order have. */
    final Map<OrderId, Money> approvals = new HashMap<>();

    private final Map<OrderId, Sent> sent = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private boolean restored;
    private Instant restoredAt = Instant.EPOCH;

    static {
        QUIET.setLevel(Level.OFF);
    }

    /** @param perCampaign null: none is limited; {@code approvalAbove} null: nothing needs approval */
    record Limits(Money perDay, Money perCampaign, Money approvalAbove) {}

    Simulation(long seed, PlantedBug bug) {
        this.seed = seed;
        this.bug = bug;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.faults = new Faults(random, bug.shownBy());
        this.atTheEdge = bug.isOfTheEdge() || random.nextInt(8) == 0;
        this.throttled = !atTheEdge && random.nextInt(4) == 0;
        this.settings = bug.settings(new Settings(
                "main",
                1 + random.nextInt(atTheEdge ? 2 : 8),
                SimDoor.TIMEOUT.plus(SimDoor.LONGEST),
                Duration.ofSeconds(6),
                throttled ? new Throttle(true, 3, 15, 200) : Throttle.OFF,
                false));
        Limits limits = bug.limits(new Limits(
                random.nextInt(3) == 0 ? Money.ofCents(5_000 + random.nextInt(20_000)) : Money.of("100000"),
                atTheEdge || random.nextInt(3) == 0 ? Money.ofCents(2_000 + random.nextInt(10_000)) : null,
                random.nextInt(3) == 0 ? Money.ofCents(500 + random.nextInt(4_000)) : null));
        this.perDay = limits.perDay();
        this.perCampaign = limits.perCampaign();
        this.approvalAbove = limits.approvalAbove();
        this.door = new SimDoor(time, world, faults, oracle, bug);
    }

    boolean wasRestored() {
        return restored;
    }

    /** @return what the oracle objects to; empty when all is well */
    List<String> run() {
        int accounts = atTheEdge ? 3 : 1 + random.nextInt(3);
        for (int i = 0; i < accounts; i++) {
            Money balance = faults.has(Kind.LITTLE_CREDIT) ? Money.of("60") : Money.of("100000");
            world.open("account" + i, new UUID(1, i), balance);
        }
        world.refusal = random.nextInt(3) == 0 ? Refusal.UNLISTED : Refusal.BAD_ITEM;
        // More than a minute's additions, where those are counted.
        int orders = atTheEdge ? 16 : 1 + random.nextInt(throttled ? 30 : 12);
        for (int i = 0; i < orders; i++) {
            OrderId id = new OrderId("o-" + i);
            sent.put(id, new Sent(id, spec(), campaign()));
            if (faults.has(Kind.POISON) && random.nextInt(5) == 0) {
                world.poison.add(id);
            }
            time.in(within(atTheEdge ? 1 : 20), () -> accept(id));
            if (random.nextInt(4) == 0) {
                time.in(within(35), () -> accept(id));
            }
        }
        int instances = 1 + random.nextInt(3);
        for (int i = 0; i < instances; i++) {
            SimProcess process = new SimProcess(i);
            processes.add(process);
            process.start();
        }
        disturb();
        time.in(STORM, this::calm);
        time.runFor(LONGEST);
        if (oracle.violations().isEmpty()) {
            oracle.atTheEnd();
        }
        return oracle.violations();
    }

    private void accept(OrderId id) {
        bug.accept(database, sent.get(id), time.now());
        if (!accepted.contains(id)) {
            accepted.add(id);
        }
    }

    private String campaign() {
        if (atTheEdge) {
            return CAMPAIGNS.get(0);
        }
        return random.nextInt(3) == 0 ? null : CAMPAIGNS.get(random.nextInt(2));
    }

    String campaignOf(OrderId id) {
        return sent.get(id).campaign();
    }

    private LicenseSpec spec() {
        return new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                1 + random.nextInt(2),
                2,
                1,
                1,
                true,
                LicenseSpec.Uptime.SHORT,
                false,
                LicenseSpec.Period.RANGE,
                Instant.parse("2027-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z").plus(length()),
                null,
                random.nextBoolean() ? "section " + random.nextInt(9) : null);
    }

    /** Two of CoCalc's months have a price that falls on a cent. */
    private Duration length() {
        return random.nextInt(3) == 0 ? Duration.ofDays(61) : Duration.ofDays(10 + random.nextInt(90));
    }

    private Duration within(long seconds) {
        return faults.within(Duration.ofSeconds(seconds));
    }

    // ---- what happens to processes, carts, prices and the database

    private void disturb() {
        for (SimProcess process : processes) {
            repeatedly(Kind.KILL, 15, () -> {
                process.kill();
                time.in(within(10), process::start);
            });
            repeatedly(Kind.STOP, 15, () -> process.stopFor(within(20)));
            repeatedly(Kind.TERMINATE, 15, () -> {
                process.terminate();
                time.in(within(10), process::start);
            });
        }
        for (Account account : world.accounts.values()) {
            account.meddler = () -> meddle(account);
            account.pauser = () -> pauseOrResume(account);
            repeatedly(Kind.PAUSES, 8, account.pauser);
            repeatedly(Kind.PERSON, 2, account.meddler);
            repeatedly(Kind.PERSON_REMOVES, 10, () -> any(account, item -> item.removed = true));
            account.putter = () -> putBack(account.cart::containsValue);
            repeatedly(Kind.PERSON_PUTS_BACK, 6, account.putter);
            account.payer = lasting ->
                    account.begin(true).ifPresent(checkout -> time.in(lasting, () -> oracle.booked(account, checkout)));
            repeatedly(
                    Kind.PERSON_PAYS,
                    15,
                    () -> account.payer.accept(
                            faults.within(faults.either() ? SimDoor.LONGEST : Duration.ofMillis(200))));
            repeatedly(Kind.DEARER, 10, () -> account.priceFactor = account.priceFactor > 1 ? 1 : 1.25);
            repeatedly(Kind.NOT_SIGNED_IN, 20, () -> account.keyCounts = !account.keyCounts);
        }
        repeatedly(Kind.CANCELS, 6, () -> {
            List<OrderRow> orders = List.copyOf(database.orders.values());
            if (!orders.isEmpty() && processes.stream().anyMatch(SimProcess::hasLooked)) {
                OrderRow order = orders.get(random.nextInt(orders.size()));
                database.cancel(order, time.now());
                oracle.askedToCancel(order);
            }
        });
        if (approvalAbove != null) {
            time.in(within(4), this::approve);
        }
        if (faults.has(Kind.RESTORED)) {
            Duration copied = within(20);
            time.in(copied, () -> {
                SimDatabase copy = database.copy();
                time.in(within(15), () -> restore(copy));
            });
        }
    }

    private void pauseOrResume(Account account) {
        if (faults.isCalm()) {
            return;
        }
        if (random.nextInt(3) == 0) {
            database.everywherePaused = !database.everywherePaused;
        } else if (!database.pausedByPeople.remove(account.id)) {
            database.pausedByPeople.add(account.id);
        }
    }

    /** As long as the run lasts: whatever waits for a person gets one. */
    private void approve() {
        database.orders.values().stream()
                .filter(order -> order.state == OrderState.HELD && Room.NEEDS_APPROVAL.equals(order.code))
                .findFirst()
                .ifPresent(order -> {
                    approvals.merge(order.orderId, order.quoted, Money::max);
                    database.approve(order, bug.approved(order.quoted), time.now());
                    if (faults.strikesPayment(Kind.PERSON_PUTS_BACK)) {
                        time.in(within(1), () -> putBack(item -> isOf(item, order)));
                    }
                });
        time.in(within(4), this::approve);
    }

    private void repeatedly(Kind kind, long every, Runnable what) {
        if (faults.has(kind)) {
            time.in(within(2 * every), () -> {
                if (!faults.isCalm()) {
                    what.run();
                    repeatedly(kind, every, what);
                }
            });
        }
    }

    /** Somebody else, in the same cart. */
    private void meddle(Account account) {
        switch (random.nextInt(3)) {
            case 0 -> account.add(spec(), "somebody's own");
            case 1 ->
                any(account, item -> {
                    item.checked = !item.checked;
                    item.tickedByPurser = false;
                });
            default ->
                account.live().stream()
                        .filter(item -> item.token == null)
                        .findFirst()
                        .ifPresent(item -> item.removed = true);
        }
    }

    /** One of those that were taken out. */
    private void putBack(Predicate<Item> which) {
        List<Item> out = world.accounts.values().stream()
                .flatMap(account -> account.cart.values().stream())
                .filter(item -> item.removed && item.purchased == null)
                .filter(which)
                .toList();
        if (!out.isEmpty()) {
            Item back = out.get(random.nextInt(out.size()));
            back.removed = false;
            back.putBackAt = time.now();
            back.tickedByPurser = false;
        }
    }

    private static boolean isOf(Item item, OrderRow order) {
        return item.token != null && item.token.orderId().equals(order.orderId);
    }

    private void any(Account account, java.util.function.Consumer<Item> what) {
        List<Item> live = account.live();
        if (!live.isEmpty()) {
            what.accept(live.get(random.nextInt(live.size())));
        }
    }

    private void restore(SimDatabase copy) {
        processes.forEach(SimProcess::kill);
        database = copy;
        restored = true;
        List.copyOf(accepted).forEach(this::accept);
        // To put a backup back takes longer than anything of ours can still be under way.
        restoredAt = time.now().plus(settings.quiet());
        processes.forEach(process -> time.in(settings.quiet().plus(within(5)), process::start));
    }

    private void calm() {
        faults.calmDown();
        for (Account account : world.accounts.values()) {
            account.keyCounts = true;
            account.priceFactor = 1;
            account.balance = account.balance.add(Money.of("100000").usd());
        }
        database.everywherePaused = false;
        database.pausedByPeople.clear();
        processes.forEach(SimProcess::start);
        time.in(Duration.ofSeconds(5), () -> endWhenSettled(1));
    }

    /** What the network delivered twice shows in the ledger only, and the ledger may be asked so often and no more. */
    private boolean isAllBilled() {
        return database.checkouts.stream()
                .filter(row -> database.accounts.get(row.account()).pauseReason() == null)
                .noneMatch(SimDatabase.CheckoutRow::isUnproven);
    }

    /** Settled for so long that nothing can still be on its way. */
    private void endWhenSettled(int inARow) {
        boolean waits = database.orders.values().stream().anyMatch(order -> QuoteCheck.NO_FUNDS.equals(order.code));
        boolean settled = oracle.isAllSettled() && isAllBilled() && !waits;
        if (settled && inARow > 3) {
            time.end();
        } else {
            time.in(Duration.ofSeconds(5), () -> endWhenSettled(settled ? inARow + 1 : 1));
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + " with " + faults.kinds() + ", " + processes.size() + " processes, "
                + world.accounts.size() + " accounts, " + sent.size() + " orders, batch " + settings.batch();
    }

    /** One instance of Purser. */
    private final class SimProcess {
        private final int number;
        private final List<SimTime.Worker> workers = new ArrayList<>();
        private SimPacing pacing = new SimPacing();
        private Accounts accounts;
        private boolean running;
        private int starts;

        SimProcess(int number) {
            this.number = number;
        }

        boolean hasLooked() {
            return running && accounts != null && accounts.unconfirmed().isEmpty();
        }

        void start() {
            if (running || time.now().isBefore(restoredAt)) {
                return;
            }
            running = true;
            SimTransactions tx = bug.transactions(Simulation.this, number + "-" + starts++);
            Store store = bug.store(tx);
            accounts = new Accounts(door);
            SimPacing own = new SimPacing();
            Engine engine = new Engine(door, store, accounts, settings, bug.pacing(own, tx), new SimClock());
            pacing = own;
            workers.add(time.start(() -> confirm(engine, own)));
        }

        private void confirm(Engine engine, SimPacing own) {
            List<Cashier> atWork = new ArrayList<>();
            while (!own.isStopping()) {
                if (engine.isConfirmationDue()) {
                    engine.confirm();
                }
                for (Cashier cashier : engine.cashiers()) {
                    if (!atWork.contains(cashier)) {
                        atWork.add(cashier);
                        workers.add(time.start(() -> work(cashier, own)));
                    }
                }
                own.pass(Duration.ofMillis(1000));
            }
        }

        private void work(Cashier cashier, SimPacing own) {
            while (!own.isStopping()) {
                if (cashier.isDue()) {
                    cashier.work();
                }
                own.pass(Duration.ofMillis(500));
            }
            cashier.leave();
        }

        /** Also what an earlier start still ends after its SIGTERM. */
        void kill() {
            workers.forEach(SimTime.Worker::kill);
            workers.clear();
            running = false;
        }

        /** SIGTERM: each thread ends its step and leaves. */
        void terminate() {
            pacing.stopping = true;
            running = false;
        }

        void stopFor(Duration duration) {
            workers.forEach(worker -> worker.stopFor(duration));
        }
    }

    private final class SimPacing implements Pacing {
        private boolean stopping;

        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public boolean pass(Duration duration) {
            time.sleep(duration.isNegative() ? Duration.ZERO : duration);
            return !stopping;
        }

        @Override
        public boolean isStopping() {
            return stopping;
        }
    }

    private final class SimClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time.now();
        }
    }
}
