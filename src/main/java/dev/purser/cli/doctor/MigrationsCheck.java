package dev.purser.cli.doctor;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the database has the tables that this Purser knows; those that are lacking are made when it starts. */
final class MigrationsCheck implements Check {

    private static final String FOLDER = "db/migration";
    private static final String ONE_THAT_STAYS = FOLDER + "/V1__orders.sql";
    private static final Pattern NAME = Pattern.compile("(?:.*/)?V(\\d+)__\\w+\\.sql");

    private final Connection database;

    MigrationsCheck(Connection database) {
        this.database = database;
    }

    @Override
    public List<Finding> look() {
        try {
            return List.of(finding());
        } catch (SQLException e) {
            return List.of(Finding.fail(
                    DatabaseCheck.AREA,
                    "Which migrations it has cannot be read: " + e.getMessage(),
                    "See that its user owns the tables."));
        }
    }

    private Finding finding() throws SQLException {
        if (DatabaseCheck.one(database, "select to_regclass('flyway_schema_history')")
                        .getString(1)
                == null) {
            return Finding.ok(DatabaseCheck.AREA, "It is empty; the tables are made when Purser starts.");
        }
        SortedSet<Integer> made = new TreeSet<>();
        ResultSet rows = database.createStatement()
                .executeQuery("select version, success from flyway_schema_history where version is not null");
        while (rows.next()) {
            if (!rows.getBoolean(2)) {
                return Finding.fail(
                        DatabaseCheck.AREA,
                        "Migration " + rows.getString(1) + " failed half-way.",
                        "See why in the log of the Purser that tried it; put the backup back, or mend it by hand.");
            }
            made.add((int) Double.parseDouble(rows.getString(1)));
        }
        return compared(made, known());
    }

    static Finding compared(SortedSet<Integer> made, SortedSet<Integer> known) {
        SortedSet<Integer> lacking = new TreeSet<>(known);
        lacking.removeAll(made);
        SortedSet<Integer> passedBy = made.isEmpty() ? new TreeSet<>() : lacking.headSet(made.last());
        SortedSet<Integer> strange = new TreeSet<>(made);
        strange.removeAll(known);
        if (!strange.isEmpty()) {
            return Finding.misconfigured(
                    DatabaseCheck.AREA,
                    "It has migrations that this Purser does not know: " + strange + ".",
                    "It was used by a newer Purser; start that one.");
        }
        if (!passedBy.isEmpty()) {
            return Finding.fail(
                    DatabaseCheck.AREA,
                    "Migrations " + passedBy + " are lacking although later ones are made, so Purser does not start.",
                    "A Purser between two versions was used. Take an empty database, or put the backup back; or let them be"
                            + " made late, once, by QUARKUS_FLYWAY_OUT_OF_ORDER=true.");
        }
        return lacking.isEmpty()
                ? Finding.ok(DatabaseCheck.AREA, "All " + known.size() + " migrations are made.")
                : Finding.warn(
                        DatabaseCheck.AREA,
                        "Migrations are lacking: " + lacking + ".",
                        "Nothing: they are made when this Purser starts. Back the database up before.");
    }

    /** From this program's own folder or jar. */
    private static SortedSet<Integer> known() {
        URL one = MigrationsCheck.class.getClassLoader().getResource(ONE_THAT_STAYS);
        try {
            URLConnection place = one.openConnection();
            Stream<String> names = place instanceof JarURLConnection jar
                    ? jar.getJarFile().stream().map(entry -> entry.getName()).filter(name -> name.startsWith(FOLDER))
                    : Files.list(Path.of(one.toURI()).getParent()).map(Path::toString);
            TreeSet<Integer> versions = new TreeSet<>(Comparator.naturalOrder());
            names.map(NAME::matcher)
                    .filter(Matcher::matches)
                    .forEach(name -> versions.add(Integer.parseInt(name.group(1))));
            return versions;
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalStateException("our own migrations cannot be read", e);
        }
    }
}
