package dev.purser.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.embedded.DatabaseForTest;
import dev.purser.embedded.PostgresServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * How fast the orders of one customer account get its answer, and how long their customer is locked meanwhile, which an import with
 * more orders for it waits for. Prints it, on a PostgreSQL that writes durably.
 */
@QuarkusTest
@QuarkusTestResource(value = ResolveBench.Database.class, restrictToAnnotatedClass = true)
class ResolveBench {

    private static final int ORDERS = Integer.getInteger("purser.bench-orders", 20_000);

    @Inject
    Customers customers;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Test
    void many_orders_of_one_customer_get_their_answer() throws SQLException {
        try (Connection db = DriverManager.getConnection(database, "purser", "purser")) {
            measure(db, true, "RESOLVED");
            measure(db, false, "REJECTED");
        }
    }

    private void measure(Connection db, boolean exists, String state) throws SQLException {
        UUID account = UUID.randomUUID();
        db.createStatement().executeUpdate("""
                insert into orders (order_id, state, account_id, license_user, run_limit, ram, cpu, disk, member, uptime, boost,
                                    period, content_hash, source, events, received_at, state_since)
                select '%1$s/' || n, 'RECEIVED', '%1$s', 'ACADEMIC', 1, 4, 1, 3, true, 'SHORT', false,
                       'MONTHLY', 'hash', 'bench', 1, now(), now() from generate_series(1, %2$d) as n;
                insert into order_event (order_ref, number, attempt, at, to_state, why, actor)
                select id, 1, 1, now(), 'RECEIVED', 'bench', 'bench' from orders where account_id = '%1$s';
                insert into customer (account_id) values ('%1$s');
                analyze""".formatted(account, ORDERS));
        long begun = System.nanoTime();
        int turns = 1;
        long longest = answer(() -> customers.answered(account, exists, Optional.empty()));
        while (isWaiting(db, account)) {
            longest = Math.max(longest, answer(() -> customers.answeredBefore(account)));
            turns++;
        }
        double seconds = (System.nanoTime() - begun) / 1e9;

        System.out.printf(
                Locale.ROOT,
                "resolve: %d orders of one customer %s, %.1f s, %.0f each second, locked for at most %d ms in %d turns%n",
                ORDERS,
                state,
                seconds,
                ORDERS / seconds,
                longest / 1_000_000,
                turns);
        try (ResultSet row = db.createStatement()
                .executeQuery("select count(*) from orders where account_id = '" + account + "' and state = '" + state
                        + "' and events = 2")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(ORDERS);
        }
    }

    private static long answer(Runnable turn) {
        long begun = System.nanoTime();
        turn.run();
        return System.nanoTime() - begun;
    }

    private static boolean isWaiting(Connection db, UUID account) throws SQLException {
        try (ResultSet row = db.createStatement()
                .executeQuery("select waiting from customer where account_id = '" + account + "'")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** A PostgreSQL that writes durably. */
    public static final class Database extends DatabaseForTest {

        @Override
        protected PostgresServer database(Path directory) {
            return PostgresServer.persistent(directory, 0);
        }

        @Override
        protected Map<String, String> settings() {
            return Map.of();
        }
    }
}
