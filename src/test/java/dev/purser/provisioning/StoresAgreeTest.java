package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.budget.Ask;
import dev.purser.budget.Budget;
import dev.purser.budget.Planned;
import dev.purser.budget.Room;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.embedded.DatabaseForTest;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import dev.purser.orders.Workload;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    Provisioner provisioner;

    @Inject
    CoCalcDoor door;

    @Inject
    AccountBook accounts;

    @Inject
    Settings settings;

    @Test
    void the_store_in_memory_and_the_one_in_postgresql_do_the_same() {
        SqlWorld sql = sql();
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
            assertThat(sql.unexplained())
                    .as("purser.store-seed=%d: without history", seed)
                    .isEmpty();
            writtenDown += steps.writtenDown();
        }
        assertThat((long) writtenDown).as("payments that were written down").isGreaterThan(SEEDS);
    }

    @Test
    void what_was_decided_about_an_order_does_nothing_to_what_it_has_become_since() {
        SqlWorld sql = sql();
        for (Consumer<ScriptedStores> script : ScriptedStores.ALL) {
            sql.empty();
            script.accept(new ScriptedStores(sql, new SimWorld(7000, settings)));
        }
    }

    private SqlWorld sql() {
        SqlWorld sql = new SqlWorld(
                db,
                orders,
                workload,
                budget,
                pauses,
                provisioner,
                new Accounts(door),
                accounts,
                settings,
                Clock.systemUTC());
        sql.prepare();
        return sql;
    }

    @Test
    void an_order_that_may_lie_in_the_cart_of_an_account_that_nobody_serves_is_not_let_go() {
        PurchasingAccount account = new PurchasingAccount(UUID.randomUUID(), "unserved");
        Accounts confirmed = new Accounts(door);
        OrderDesk desk = new OrderDesk(db, orders, provisioner, confirmed, Clock.systemUTC());
        OrderId order = new OrderId("unserved-" + account.id());
        SqlWorld sql = sql();
        sql.empty();
        sql.accept(new SimDatabase.Sent(order, Situation.SPEC, null));
        accounts.bind(account);
        inTransaction(() -> db.createNativeQuery(
                        "update orders set state = 'HELD', code = 'over_day_budget', purchasing_account = :account where order_id = :order")
                .setParameter("account", account.id())
                .setParameter("order", order.value())
                .executeUpdate());

        assertThat(desk.cancel(order, "http:test"))
                .isInstanceOfSatisfying(
                        Handled.Refused.class, no -> assertThat(no.why()).contains("not configured"));
        assertThat(sql.rows()).anyMatch(row -> row.startsWith("order " + order.value() + " HELD"));

        confirmed.confirm(account);
        assertThat(desk.cancel(order, "http:test")).isInstanceOf(Handled.Waiting.class);
    }

    @Test
    void what_was_spent_counts_in_its_own_day_and_month() {
        UUID account = UUID.randomUUID();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Instant yesterday = today.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
        Instant lastMonth =
                today.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);

        QuarkusTransaction.requiringNew().run(() -> {
            accounts.bind(new PurchasingAccount(account, "days"));
            budget.spendUnreserved(account, null, Money.of("1.00"), Instant.now());
            budget.spendUnreserved(account, null, Money.of("2.00"), yesterday);
            budget.spendUnreserved(account, null, Money.of("4.00"), lastMonth);
        });

        Room room = budget.room(account);
        assertThat(room.day().spent()).isEqualTo(Money.of("1.00"));
        assertThat(room.month().spent()).isEqualTo(Money.of(today.getDayOfMonth() == 1 ? "1.00" : "3.00"));
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

    @Test
    void a_campaigns_last_dollar_is_asked_for_when_a_payment_is_written_down() {
        Money limit = SimWorld.LIMITS.perCampaign();

        assertThat(inTransaction(() -> budget.holdsRoomFor(planned(limit)))).isTrue();
        assertThat(inTransaction(() -> budget.holdsRoomFor(planned(limit.plus(Money.of("0.01"))))))
                .isFalse();
    }

    @Test
    void what_is_reserved_for_an_order_counts_for_its_campaign() {
        UUID account = UUID.randomUUID();
        Submission submission = new Submission(
                new OrderId("campaign-" + account),
                UUID.randomUUID(),
                null,
                "of one order",
                null,
                Situation.SPEC,
                "stores",
                null,
                false);

        QuarkusTransaction.requiringNew().run(() -> {
            accounts.bind(new PurchasingAccount(account, "campaign"));
            orders.accept(List.of(submission));
            long ref = orders.lock(submission.orderId()).orElseThrow().ref();
            budget.reserve(account, 1, Map.of(ref, Money.of("12.00")), Money.of("0.01"));
        });

        Room room = budget.room(account, List.of("of one order"));
        assertThat(room.day().reserved()).isEqualTo(Money.of("12.01"));
        assertThat(room.campaigns().get("of one order").reserved()).isEqualTo(Money.of("12.00"));
    }

    private static Planned planned(Money amount) {
        return Planned.of(List.of(new Ask(amount, "of its own", null, null)));
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
