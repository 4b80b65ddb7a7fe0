package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.embedded.DatabaseForTest;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import dev.purser.provisioning.SimCoCalc.Item;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What it costs to be safe: the same engine buys the same orders from a CoCalc that takes 20 ms for each call, once with the
 * books in PostgreSQL (intents, fence, history, reservations) and once with a store in memory that has none of them. Prints
 * the ratio of the throughputs; {@code mvn -Pbench verify} runs it.
 */
@QuarkusTest
@QuarkusTestResource(value = SafetyTaxBench.Database.class, restrictToAnnotatedClass = true)
class SafetyTaxBench {

    private static final Duration EACH_CALL = Duration.ofMillis(20);
    private static final int ORDERS = 300;
    private static final int ROUNDS = 5;
    /** Until the code is compiled, as it is in a service that runs for days. */
    private static final int WARM_UP = 3;

    private static final Settings SETTINGS =
            new Settings("main", 15, Duration.ofSeconds(70), Duration.ofSeconds(30), Throttle.OFF, false);

    @Inject
    Store safe;

    @Inject
    Orders orders;

    @Inject
    EntityManager db;

    @Test
    void throughput_with_and_without_safety() {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            Duration without = buyInMemory();
            Duration with = buyInPostgres(safe, round);
            double ratio = (double) without.toNanos() / with.toNanos();
            boolean warm = round >= WARM_UP;
            if (warm) {
                ratios.add(ratio);
            }
            System.out.printf(
                    Locale.ROOT,
                    "safety tax%s: %d orders with %.1f s, without %.1f s, throughput ratio %.3f%n",
                    warm ? "" : ", warming up",
                    ORDERS,
                    with.toMillis() / 1000.0,
                    without.toMillis() / 1000.0,
                    ratio);
        }
        System.out.printf(
                Locale.ROOT,
                "safety tax: median ratio %.3f%n",
                ratios.stream().sorted().toList().get(ROUNDS / 2));
    }

    private Duration buyInMemory() {
        SimTransactions memory = new MemoryTransactions(unlimited());
        for (int i = 0; i < ORDERS; i++) {
            memory.db().accept(new SimDatabase.Sent(new OrderId("memory-" + i), spec(), null), Instant.now());
        }
        return buy(PlantedBug.NONE.store(memory), () -> memory.db().orders.values().stream()
                .filter(order -> order.license != null)
                .count());
    }

    private static Simulation unlimited() {
        PlantedBug settings = new PlantedBug("none") {
            @Override
            Settings settings(Settings right) {
                return SETTINGS;
            }

            @Override
            Simulation.Limits limits(Simulation.Limits right) {
                return new Simulation.Limits(Money.of("100000"), null, null);
            }
        };
        return new Simulation(0, settings);
    }

    private Duration buyInPostgres(Store store, int round) {
        List<Submission> submissions = IntStream.range(0, ORDERS)
                .mapToObj(i -> new Submission(
                        new OrderId("postgres-" + round + "-" + i),
                        UUID.randomUUID(),
                        null,
                        null,
                        null,
                        spec(),
                        "bench",
                        null,
                        false))
                .toList();
        QuarkusTransaction.requiringNew().run(() -> {
            orders.accept(submissions);
            db.createNativeQuery("update orders set state = 'RESOLVED' where state = 'RECEIVED'")
                    .executeUpdate();
        });
        return buy(store, () -> QuarkusTransaction.requiringNew().call(() -> (Long) db.createNativeQuery(
                        "select count(*) from orders where order_id like 'postgres-" + round
                                + "-%' and license_id is not null",
                        Long.class)
                .getSingleResult()));
    }

    private static Duration buy(Store store, LongSupplier bought) {
        PurchasingAccount account = new PurchasingAccount(UUID.randomUUID(), "bench-" + UUID.randomUUID());
        CoCalcDoor door = new SlowDoor(account);
        Accounts accounts = new Accounts(door);
        store.accounts().bind(account);
        accounts.confirm(account);
        Engine engine = new Engine(door, store, accounts, SETTINGS, new MachinePacing(), Clock.systemUTC());
        Cashier cashier = engine.cashiers().iterator().next();
        long begun = System.nanoTime();
        while (bought.getAsLong() < ORDERS) {
            cashier.work();
            assertThat(System.nanoTime() - begun)
                    .isLessThan(Duration.ofMinutes(3).toNanos());
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        engine.leave();
        return taken;
    }

    private static LicenseSpec spec() {
        return new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                1,
                2,
                1,
                1,
                true,
                LicenseSpec.Uptime.SHORT,
                false,
                LicenseSpec.Period.RANGE,
                Instant.parse("2027-01-01T00:00:00Z"),
                Instant.parse("2027-02-01T00:00:00Z"),
                null,
                null);
    }

    /** No intents, no fence, no history, nothing that outlives the process. */
    private static final class MemoryTransactions extends SimTransactions {

        MemoryTransactions(Simulation simulation) {
            super(simulation, "bench");
        }

        @Override
        Instant now() {
            return Instant.now();
        }

        @Override
        <T> T transaction(boolean stalls, Supplier<T> work) {
            return work.get();
        }

        @Override
        void prove(Lease lease) {}
    }

    /** A CoCalc with one account, in this process, that takes its time. */
    private static final class SlowDoor implements CoCalcDoor, InvocationHandler {

        private final PurchasingAccount account;
        private final SimCoCalc.Account cart;

        SlowDoor(PurchasingAccount account) {
            this.account = account;
            this.cart = new SimCoCalc(Instant::now).open(account.name(), account.id(), Money.of("100000"));
        }

        @Override
        public Set<String> accounts() {
            return Set.of(account.name());
        }

        @Override
        public CoCalc as(String alias) {
            return (CoCalc) Proxy.newProxyInstance(CoCalc.class.getClassLoader(), new Class<?>[] {CoCalc.class}, this);
        }

        @Override
        public void bind(String alias, UUID id) {}

        @Override
        public boolean isKeyNew(String alias) {
            return false;
        }

        @Override
        public String keyVariable(String alias) {
            return alias;
        }

        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] args) throws Throwable {
            Thread.sleep(EACH_CALL.toMillis());
            return new Answer.Done<>(
                    switch (method.getName()) {
                        case "identity" -> new CoCalc.Identity(account.id(), null);
                        case "addToCart" -> {
                            cart.add((LicenseSpec) args[0], (String) args[1]);
                            yield 1;
                        }
                        case "cart" -> cart.live().stream().map(Item::shown).toList();
                        case "cartItem" -> cart.cart.get((Long) args[0]).shown();
                        case "everPurchased" -> cart.boughtSince(Instant.EPOCH);
                        case "recentPurchases" -> cart.boughtSince(Instant.now().minus((Duration) args[0]));
                        case "purchases" -> cart.page(Instant.parse(((CoCalc.LedgerQuery) args[0]).cutoff()));
                        case "quote" -> cart.quote();
                        case "balance" -> cart.printedBalance();
                        case "checkout" -> {
                            cart.book(cart.begin(false).orElseThrow());
                            yield true;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    /** For the application that this test starts. */
    public static final class Database extends DatabaseForTest {

        @Override
        protected Map<String, String> settings() {
            return Map.of("purser.budget.per-day", "1000000");
        }
    }
}
