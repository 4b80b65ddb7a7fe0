package dev.purser.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns for a person. A heading that begins with a blank is that of numbers, which end under each other. */
final class Table {

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    Table row(String... cells) {
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(column -> Terminal.harmless(cells[column]))
                .toList());
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>();
        all.add(headings.stream().map(String::strip).toList());
        all.addAll(rows);
        int[] widths = IntStream.range(0, headings.size())
                .map(column -> all.stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String cell = row.get(column);
                    String blanks = " ".repeat(widths[column] - length(cell));
                    return headings.get(column).startsWith(" ") ? blanks + cell : cell + blanks;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
