package dev.purser.reconciliation.sql;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;

/** Work on the application's own database; what Hibernate does meanwhile is in the same transaction. */
@ApplicationScoped
public class JtaWork implements Work {

    private final DataSource database;

    JtaWork(DataSource database) {
        this.database = database;
    }

    @Override
    public <T> T call(Duration atMost, Function<Statements, T> work) {
        return QuarkusTransaction.requiringNew()
                .timeout((int) atMost.toSeconds())
                .call(() -> on(atMost, work));
    }

    private <T> T on(Duration atMost, Function<Statements, T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            int usual = connection.getNetworkTimeout();
            // The driver's and the server's usual patience is meant for one order.
            connection.setNetworkTimeout(Runnable::run, (int) atMost.toMillis());
            try {
                Statements statements = new Statements(connection);
                statements.list("select set_config('statement_timeout', ?, true)", row -> "", atMost.toMillis() + "ms");
                return work.apply(statements);
            } finally {
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }
}
