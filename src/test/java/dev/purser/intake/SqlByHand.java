package dev.purser.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** What somebody writes who has one trusted file, psql and no wish to know what was wrong with a row. */
final class SqlByHand {

    private static final String COUNTS = """
            select (select count(*) from orders) || ' orders, ' || (select count(*) from order_event) || ' events, '
                   || (select count(*) from outbox) || ' in the outbox, ' || (select count(*) from customer) || ' customers'""";

    private static final String STAGING = """
            create unlogged table staging (
                order_id text, account_id uuid, project_id uuid, license_user text, run_limit int, ram int, cpu int, disk int,
                member boolean, uptime text, boost boolean, period text, starts timestamptz, ends timestamptz,
                title text, description text, max_cost numeric(14, 2), campaign text)""";

    private static final String MERGE = """
            with accepted as (
                insert into orders (order_id, state, account_id, project_id, campaign, max_cost, license_user, run_limit,
                                    ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description,
                                    content_hash, source, import_id, events, received_at, state_since)
                select order_id, 'RECEIVED', account_id, project_id, campaign, max_cost, upper(license_user), run_limit,
                       ram, cpu, disk, member, upper(uptime), boost, upper(period), starts, ends, title, description,
                       encode(sha256(convert_to(concat_ws('|', account_id, project_id, campaign, max_cost, license_user,
                           run_limit, ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description),
                           'UTF8')), 'hex'),
                       'csv:million.csv', 1, 1, now(), now()
                  from staging
                on conflict (order_id) do nothing
                returning id, order_id, account_id, campaign, source, received_at)
            , told as (
                insert into order_event (order_ref, number, attempt, at, to_state, why, actor)
                select id, 1, 1, received_at, 'RECEIVED', 'accepted', source from accepted)
            , asked as (
                insert into customer (account_id) select distinct account_id from accepted
                on conflict (account_id) do update set waiting = true)
            insert into outbox (topic, event_id, type, key, occurred_at, data)
            select 'OUTCOMES', order_id || '/1/accepted', 'dev.purser.order.accepted.v1', order_id, received_at,
                   json_build_object('order_id', order_id, 'attempt', 1, 'account_id', account_id, 'campaign', campaign,
                                     'occurred_at', received_at)::text
              from accepted""";

    private final String url;

    /** The same tables with the same indexes, in a database of its own beside Purser's. */
    SqlByHand(String purserUrl) throws SQLException, IOException {
        String name = "by_hand_" + UUID.randomUUID().toString().replace("-", "");
        String server = purserUrl.substring(0, purserUrl.lastIndexOf('/') + 1);
        try (Connection postgres = DriverManager.getConnection(server + "postgres", "postgres", "");
                Statement statement = postgres.createStatement()) {
            statement.execute("create database " + name + " owner purser");
        }
        url = server + name;
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path file :
                    files.sorted(Comparator.comparingInt(SqlByHand::version)).toList()) {
                statement.execute(Files.readString(file));
            }
        }
    }

    private static int version(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"));
    }

    Duration take(Path file) throws SQLException, IOException {
        long begun = System.nanoTime();
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                InputStream csv = Files.newInputStream(file)) {
            connection.setAutoCommit(false);
            statement.execute(STAGING);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy staging from stdin (format csv, header)", csv, 1 << 20);
            long copied = System.nanoTime();
            System.out.println(
                    "by hand: copied in " + Duration.ofNanos(copied - begun).toMillis() + " ms");
            for (String sql : List.of("analyze staging", MERGE, "drop table staging")) {
                statement.execute(sql);
            }
            connection.commit();
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    String counts() throws SQLException {
        return countsOf(url);
    }

    String countsOf(String database) throws SQLException {
        try (Connection connection = connect(database);
                ResultSet row = connection.createStatement().executeQuery(COUNTS)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(database, "purser", "purser");
    }
}
