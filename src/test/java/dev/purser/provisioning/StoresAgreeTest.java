package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Budget;
import dev.purser.embedded.DatabaseForTest;
import dev.purser.orders.Orders;
import dev.purser.orders.Workload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
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
