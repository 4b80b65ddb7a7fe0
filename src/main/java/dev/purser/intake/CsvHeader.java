package dev.purser.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header line of a file of orders, or of commands: those have a {@code command_id}.
 *
 * @param separator the one of comma, semicolon and tab under which it names most of the columns we know
 * @param columns as they are written there
 * @param flaw why this is neither, or null
 */
record CsvHeader(
        char separator, List<String> columns, @Nullable String flaw) {

    private static final int LONGEST_NAME = 60;
    private static final char[] SEPARATORS = {',', ';', '\t'};

    static CsvHeader of(Path file) throws IOException {
        char best = SEPARATORS[0];
        List<String> columns = List.of();
        long known = -1;
        for (char separator : SEPARATORS) {
            try (CsvFile csv = CsvFile.open(file, separator)) {
                long count = keys(csv.header()).stream()
                        .filter(key -> OrderForm.COLUMNS.contains(key) || CommandCells.knows(key))
                        .count();
                if (count > known) {
                    best = separator;
                    columns = csv.header();
                    known = count;
                }
            }
        }
        return new CsvHeader(best, columns, flaw(columns, known));
    }

    static boolean isOfCommands(List<String> columns) {
        return keys(columns).contains(CommandCells.ID);
    }

    boolean isOfCommands() {
        return isOfCommands(columns);
    }

    /** The columns' names as they are looked up: without blanks around them and in lower case. */
    static List<String> keys(List<String> columns) {
        return columns.stream()
                .map(column -> column.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String printable(String name) {
        return name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("\\p{Cntrl}", "?");
    }

    private static @Nullable String flaw(List<String> columns, long known) {
        if (known <= 0) {
            return "Line 1 is no header: it names none of the columns of an order ("
                    + String.join(", ", OrderForm.COLUMNS) + ") or of a command (" + CommandCells.columns() + ").";
        }
        if (EndMark.isCutOff(columns.get(columns.size() - 1))) {
            return "Line 1 opens a quote that is never closed.";
        }
        Set<String> names = new HashSet<>();
        for (String name : keys(columns)) {
            if (!name.isEmpty() && !names.add(name)) {
                return "Line 1 names the column " + printable(name) + " twice; each name may stand there once.";
            }
        }
        List<String> missing = new ArrayList<>(isOfCommands(columns) ? CommandCells.REQUIRED : OrderForm.REQUIRED);
        missing.removeAll(names);
        return missing.isEmpty() ? null : "Line 1 lacks the required columns " + String.join(", ", missing) + ".";
    }
}
