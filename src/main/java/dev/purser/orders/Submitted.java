package dev.purser.orders;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.bulk.CopyRows;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Submissions on their way to become orders: a table that each connection has for itself, filled by COPY and merged in one
 * statement. It is empty again when the transaction ends.
 */
final class Submitted {

    private static final String TABLE = """
            create temporary table if not exists submitted (
                order_id text, account_id uuid, project_id uuid, campaign text, max_cost numeric, license_user text,
                run_limit int, ram int, cpu int, disk int, member boolean, uptime text, boost boolean, period text,
                starts timestamptz, ends timestamptz, title text, description text, content_hash text, source text,
                import_id bigint) on commit delete rows;
            delete from submitted""";

    // Numbered in the order of the list, inserted in that of the partner's keys: two lists with the same new orders
    // wait
    // for each other.
    private static final String MERGE = """
            with numbered as materialized (select nextval('order_key') as id, s.* from submitted s)
            , accepted as (
                insert into orders (id, order_id, state, account_id, project_id, campaign, max_cost, license_user, run_limit,
                                    ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description,
                                    content_hash, source, import_id, events, received_at, state_since)
                select id, order_id, 'RECEIVED', account_id, project_id, campaign, max_cost, license_user, run_limit,
                       ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description,
                       content_hash, source, import_id, 1, cast(:now as timestamptz), cast(:now as timestamptz)
                  from numbered order by order_id
                on conflict (order_id) do nothing
                returning id, order_id, source)
            , told as (
                insert into order_event (order_ref, number, attempt, at, to_state, why, actor)
                select id, 1, 1, cast(:now as timestamptz), 'RECEIVED', 'accepted', source from accepted)
            select order_id from submitted except select order_id from accepted""";

    private final EntityManager db;
    private final Instant now;

    Submitted(EntityManager db, Instant now) {
        this.db = db;
        this.now = now;
    }

    /** Answers the order ids that were there before; all others are stored, with the first row of their history. */
    @SuppressWarnings("unchecked")
    Set<String> insertNew(Collection<Submission> submissions, Map<OrderId, String> hashes) {
        db.unwrap(Session.class).doWork(connection -> {
            clear(connection);
            try (CopyRows rows = new CopyRows(connection, "submitted")) {
                for (Submission submission : submissions) {
                    write(submission, hashes.get(submission.orderId()), rows);
                }
                rows.arrive();
            }
        });
        return new HashSet<String>(
                db.createNativeQuery(MERGE).setParameter("now", now.toString()).getResultList());
    }

    private static void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    private static void write(Submission order, @Nullable String hash, CopyRows rows) throws SQLException {
        LicenseSpec license = order.license();
        rows.with(order.orderId())
                .with(order.accountId())
                .with(order.projectId())
                .with(order.campaign())
                .with(order.maxCost())
                .with(license.user())
                .with(license.runLimit())
                .with(license.ram())
                .with(license.cpu())
                .with(license.disk())
                .with(license.member())
                .with(license.uptime())
                .with(license.boost())
                .with(license.period())
                .with(license.start())
                .with(license.end())
                .with(license.title())
                .with(license.description())
                .with(hash)
                .with(order.source())
                .with(order.importId())
                .end();
    }
}
