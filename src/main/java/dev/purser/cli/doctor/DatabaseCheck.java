package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Whether PostgreSQL answers, may be written to, has the tables that this Purser knows, and goes by the same time. */
final class DatabaseCheck implements Check {

    static final String AREA = "database";

    /** {@code date_trunc} with a time zone came with it. */
    private static final int OLDEST_VERSION = 12;

    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(2);

    private final Settings settings;
    private final Clock clock;

    DatabaseCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        if (!settings.has(Database.URL)) {
            return List.of();
        }
        if (!Database.isAddress(settings)) {
            return List.of(Finding.misconfigured(
                    AREA,
                    Database.VARIABLE + " is no address of a PostgreSQL.",
                    "Write it like jdbc:postgresql://db:5432/purser."));
        }
        try (Connection database = Database.open(settings)) {
            List<Finding> found = new ArrayList<>();
            found.add(server(database));
            found.add(rights(database));
            found.addAll(new MigrationsCheck(database).look());
            found.add(clocks(database));
            return found;
        } catch (SQLException e) {
            return List.of(away(e));
        }
    }

    private Finding server(Connection database) throws SQLException {
        int version = database.getMetaData().getDatabaseMajorVersion();
        String says = "PostgreSQL " + database.getMetaData().getDatabaseProductVersion() + " answers at "
                + Database.place(settings) + ".";
        return version < OLDEST_VERSION
                ? Finding.fail(AREA, says, "Purser needs PostgreSQL " + OLDEST_VERSION + " or newer.")
                : Finding.ok(AREA, says);
    }

    private static Finding rights(Connection database) throws SQLException {
        ResultSet row = one(database, """
                select pg_is_in_recovery(), current_user,
                       current_schema() is not null and has_schema_privilege(current_schema(), 'CREATE')""");
        if (row.getBoolean(1)) {
            return Finding.misconfigured(
                    AREA,
                    "It is a standby, which cannot be written to.",
                    "Name the primary in " + Database.VARIABLE + ".");
        }
        return row.getBoolean(3)
                ? Finding.ok(AREA, "User " + row.getString(2) + " may make tables there.")
                : Finding.misconfigured(
                        AREA,
                        "User " + row.getString(2)
                                + " may not make tables there, so Purser cannot start after an update.",
                        "grant usage, create on schema public to " + row.getString(2) + ";");
    }

    private Finding clocks(Connection database) throws SQLException {
        Instant before = clock.instant();
        Instant theirs = one(database, "select clock_timestamp()")
                .getObject(1, OffsetDateTime.class)
                .toInstant();
        Instant after = clock.instant();
        Duration difference = Clocks.between(theirs, before, after);
        return difference.abs().compareTo(CLOCKS_MAY_DIFFER) > 0
                ? Finding.warn(
                        AREA,
                        "Its clock is " + Clocks.words(difference) + " this machine's.",
                        "Let both follow the same time server (NTP): limits, leases and ranges go by them.")
                : Finding.ok(
                        AREA, "Its clock and this machine's agree within " + CLOCKS_MAY_DIFFER.toSeconds() + " s.");
    }

    private Finding away(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String message = String.valueOf(e.getMessage()).split("\n|\\. ", 2)[0];
        return state.startsWith("28") || state.equals("3D000")
                ? Finding.misconfigured(
                        AREA,
                        Database.place(settings) + ": " + message + ".",
                        "Correct " + Database.VARIABLE
                                + ", QUARKUS_DATASOURCE_USERNAME and _PASSWORD, or create the user and the database.")
                : Finding.fail(
                        AREA,
                        Database.place(settings) + " does not answer: " + message + ".",
                        "Start PostgreSQL there, or correct " + Database.VARIABLE + ". Without it nothing is bought.");
    }

    static ResultSet one(Connection database, String sql) throws SQLException {
        ResultSet row = database.createStatement().executeQuery(sql);
        row.next();
        return row;
    }
}
