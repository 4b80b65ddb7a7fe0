package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The short set: what may end, stop or forget, while two instances buy. To start is what takes time, so that one fleet plays all
 * scenes, in this order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated
class ChaosIT {

    private static final int TERMINATED = 143;

    private FragileParts parts;
    private Fleet fleet;
    private PurserProcess first;
    private PurserProcess second;

    @BeforeAll
    void start() {
        parts = new FragileParts();
        fleet = new Fleet(parts, "chaos");
    }

    @AfterEach
    void heal() {
        parts.ledger().heal();
    }

    @AfterAll
    void stop() {
        fleet.close();
        parts.close();
    }

    @Test
    @Order(1)
    void whatever_step_a_process_ends_at_the_next_one_buys_what_is_lacking_and_nothing_again() {
        for (String failpoint : List.of("offset.before:1", "write-down.after:1", "checkout.after:1")) {
            fleet.orderByFile(2);
            fleet.orderByEvent(2);
            fleet.instanceThatEndsAt(failpoint).launch().awaitHalt();
        }
        first = fleet.instance().start();

        assertEverythingIsBoughtOnce();
    }

    @Test
    @Order(2)
    void after_kill_9_another_instance_goes_on_within_the_lease_and_two_seconds() {
        second = fleet.instance().start();
        long fence = fleet.fence();

        long killed = System.nanoTime();
        first.kill();

        Duration takeover = fleet.takeover(fence, killed);
        System.out.println("takeover after kill -9: " + takeover.toMillis() + " ms, lease " + Fleet.LEASE);
        assertThat(takeover).isLessThan(Fleet.LEASE.plusSeconds(2));
        fleet.orderByFile(3);
        assertEverythingIsBoughtOnce();
    }

    @Test
    @Order(3)
    void after_sigterm_another_instance_goes_on_within_two_seconds() {
        first.start();
        buySome();
        long fence = fleet.fence();

        long asked = System.nanoTime();
        second.terminate();

        Duration takeover = fleet.takeover(fence, asked);
        System.out.println("takeover after SIGTERM: " + takeover.toMillis() + " ms");
        assertThat(takeover).isLessThan(Duration.ofSeconds(2));
        assertThat(second.awaitExit()).isEqualTo(TERMINATED);
        assertEverythingIsBoughtOnce();
    }

    @Test
    @Order(4)
    void an_instance_that_slept_beyond_its_lease_in_the_middle_of_a_quote_pays_nothing_when_it_wakes() {
        second.start();
        parts.ledger().breakOnce("purchases/get-shopping-cart-checkout-params", "slow", "{\"millis\":1000}");
        fleet.orderByFile(3);
        parts.ledger().awaitStruck();
        long fence = fleet.fence();

        first.freeze();
        fleet.takeover(fence, System.nanoTime());
        fleet.awaitBought(fleet.sent().size());
        first.thaw();

        Awaitility.await("the sleeper learns that it lost its lease")
                .atMost(Duration.ofSeconds(20))
                .until(() -> first.log().contains("(fence " + fence + ") is lost"));
        assertEverythingIsBoughtOnce();
    }

    @Test
    @Order(5)
    void postgresql_is_killed_and_comes_back() {
        buySome();

        parts.killPostgres();
        parts.startPostgres();

        assertEverythingIsBoughtOnce();
    }

    /** Nothing is on its way to CoCalc when the older database is put back: all is bought, so that no quiet time need pass. */
    @Test
    @Order(6)
    void an_older_database_is_put_back_and_every_order_is_sent_again() {
        buySome();
        parts.stopPostgres();
        parts.backUpPostgres();
        parts.startPostgres();
        fleet.orderByFile(3);
        fleet.orderByEvent(3);
        fleet.awaitBought(fleet.sent().size());
        fleet.stop();
        parts.stopPostgres();
        parts.restorePostgres();
        parts.startPostgres();
        assertThat(fleet.bought()).isLessThan(fleet.sent().size());

        fleet.sendEverythingAgain();
        first.start();

        assertThat(Oracle.after(fleet).wrong()).isEmpty();
    }

    /** Returns in the middle of it. */
    private void buySome() {
        int before = fleet.sent().size();
        fleet.orderByFile(10);
        fleet.awaitBought(before + 3);
    }

    /** All that takes longer, such as the handovers that a killed instance had begun, is looked at in the end. */
    private void assertEverythingIsBoughtOnce() {
        fleet.awaitBought(fleet.sent().size());
        assertThat(Oracle.boughtTwice(fleet)).isEmpty();
    }
}
