package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.budget.Ask;
import dev.purser.budget.Budget;
import dev.purser.budget.Planned;
import dev.purser.embedded.DatabaseForTest;
import dev.purser.kernel.Money;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Orders;
import dev.purser.orders.Workload;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The simulation proves nothing about PostgreSQL unless its store in memory does what the SQL does. Random sequences of the
 * store's operations, by two holders on two accounts, with stale observations, transactions that fail at their commit, pauses and
 * budgets near their edge, are carried out in both: the answers and everything that is kept must be the same after each step.
 */
@QuarkusTest
@QuarkusTestResource(value = StoresAgreeTest.Database.class, restrictToAnnotatedClass = true)
class StoresAgreeTest {

    private static final long SEEDS = Long.getLong("purser.store-seeds", 24);
    private static final long FIRST = Long.getLong("purser.store-seed", 0);
    private static final int STEPS = 80;

    @Inject
    EntityManager db;

    @Inject
    Orders orders;

    @Inject
    Workload workload;

    @Inject
    Budget budget;

    @Inject
    Pauses pauses;

    @Inject
    OrderDesk desk;

    @Inject
    AccountBook accounts;

    @Inject
    Settings settings;

    @Test
    void the_store_in_memory_and_the_one_in_postgresql_do_the_same() {
        SqlWorld sql = new SqlWorld(db, orders, workload, budget, pauses, desk, accounts, settings, Clock.systemUTC());
        sql.prepare();
        int writtenDown = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            sql.empty();
            TwoStores both = new TwoStores(sql, new SimWorld(seed, settings), new Random(seed), seed);
            StoreSteps steps = new StoreSteps(both);
            for (int step = 0; step < STEPS; step++) {
                steps.step();
                assertThat(both.sql())
                        .as("purser.store-seed=%d, after step %d:%n%s", seed, step, both.log())
                        .isEqualTo(both.sim());
            }
            writtenDown += steps.writtenDown();
        }
        assertThat((long) writtenDown).as("payments that were written down").isGreaterThan(SEEDS);
    }

    @Test
    void whoever_proves_a_lease_keeps_a_newer_holder_out_until_it_has_committed() throws Exception {
        PurchasingAccount account = new PurchasingAccount(UUID.randomUUID(), "short");
        accounts.bind(account);
        SqlLeases mine = new SqlLeases(db, leasing(Duration.ofMillis(500)));
        SqlLeases newer = new SqlLeases(db, leasing(Duration.ofMinutes(1)));
        Lease lease = inTransaction(() -> mine.acquire(account)).orElseThrow();
        CompletableFuture<Lease> taken = new CompletableFuture<>();

        QuarkusTransaction.requiringNew().run(() -> {
            mine.prove(lease);
            taken.completeAsync(() -> {
                Optional<Lease> next = Optional.empty();
                while (next.isEmpty()) {
                    next = inTransaction(() -> newer.acquire(account));
                }
                return next.get();
            });
            isAwaited(taken);
        });

        assertThat(taken.get(30, TimeUnit.SECONDS).fence()).isGreaterThan(lease.fence());
    }

    @Test
    void a_lease_that_was_overtaken_proves_nothing_any_more_not_even_for_the_same_instance() {
        PurchasingAccount account = new PurchasingAccount(UUID.randomUUID(), "overtaken");
        accounts.bind(account);
        SqlLeases instance = new SqlLeases(db, leasing(Duration.ofMinutes(1)));
        Lease old = inTransaction(() -> instance.acquire(account)).orElseThrow();
        inTransaction(
                () -> db.createNativeQuery("update purchasing_account set lease_until = now() - interval '1 second'"
                                + " where account_id = :account")
                        .setParameter("account", account.id())
                        .executeUpdate());
        Lease newer = inTransaction(() -> instance.acquire(account)).orElseThrow();

        List<Consumer<Lease>> proofs =
                List.of(instance::prove, instance::proveUnhurried, instance::proveAfresh, instance::renew);
        for (Consumer<Lease> proof : proofs) {
            assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> proof.accept(old)))
                    .isInstanceOf(Lease.Lost.class);
            QuarkusTransaction.requiringNew().run(() -> proof.accept(newer));
        }
        QuarkusTransaction.requiringNew().run(() -> instance.release(old));
        QuarkusTransaction.requiringNew().run(() -> instance.prove(newer));
    }

    @Test
    void whoever_asks_for_a_campaigns_last_dollars_keeps_the_others_waiting_until_it_has_committed() throws Exception {
        Planned planned = Planned.of(List.of(new Ask(Money.of("10.00"), "fall", null, null)));
        CompletableFuture<Boolean> asked = new CompletableFuture<>();

        QuarkusTransaction.requiringNew().run(() -> {
            budget.holdsRoomFor(planned);
            asked.completeAsync(() -> inTransaction(() -> budget.holdsRoomFor(planned)));
            isAwaited(asked);
        });

        assertThat(asked.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void isAwaited(CompletableFuture<?> other) {
        assertThatThrownBy(() -> other.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }

    private Settings leasing(Duration lease) {
        return new Settings(
                settings.instance(),
                settings.batch(),
                settings.quiet(),
                lease,
                settings.throttle(),
                settings.handover());
    }

    /** With limits that the orders of a sequence come near to. */
    public static final class Database extends DatabaseForTest {

        @Override
        protected Map<String, String> settings() {
            return Map.of(
                    "purser.throttle",
                    "off",
                    "purser.budget.per-day",
                    SimWorld.LIMITS.perDay().toString(),
                    "purser.budget.per-campaign",
                    SimWorld.LIMITS.perCampaign().toString(),
                    "purser.approval-above",
                    SimWorld.LIMITS.approvalAbove().toString(),
                    "purser.lease",
                    "PT1H");
        }
    }
}
