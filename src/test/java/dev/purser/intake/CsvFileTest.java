package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

    @TempDir
    Path folder;

    private List<CsvRow> rows(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), text, StandardCharsets.UTF_8);
        List<CsvRow> rows = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file, ',')) {
            for (CsvRow row = csv.next(); row != null; row = csv.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String code(CsvRow row) {
        return row.flaw() == null ? "fine" : row.flaw().code();
    }

    @Test
    void quoted_newlines_and_quotes_stay_inside_their_cell_and_lines_are_counted() throws IOException {
        List<CsvRow> rows = rows("\uFEFFa,b\r\n1,\"two\nlines, \"\"quoted\"\"\"\r\n\r\n3,4");

        assertThat(rows)
                .extracting(CsvRow::cells)
                .containsExactly(List.of("1", "two\nlines, \"quoted\""), List.of("3", "4"));
        assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 5L);
        assertThat(rows).extracting(CsvRow::number).containsExactly(1L, 2L);
    }

    @Test
    void the_byte_order_mark_is_no_part_of_the_first_name() throws IOException {
        Path file = Files.writeString(folder.resolve("bom.csv"), "\uFEFForder_id,ram\n");

        try (CsvFile csv = CsvFile.open(file, ',')) {
            assertThat(csv.header()).containsExactly("order_id", "ram");
            assertThat(csv.next()).isNull();
        }
    }

    @Test
    void a_row_with_too_few_or_too_many_cells_is_flawed_and_the_next_is_not() throws IOException {
        List<CsvRow> rows = rows("a,b\n1\n1,2,3\n1,2\n");

        assertThat(rows).extracting(CsvFileTest::code).containsExactly("cells", "cells", "fine");
    }

    @Test
    void a_file_that_ends_inside_quotes_has_a_truncated_last_row() throws IOException {
        List<CsvRow> rows = rows("a,b\n1,2\n3,\"fou");

        assertThat(rows).extracting(CsvFileTest::code).containsExactly("fine", "truncated");
        assertThat(rows.get(1).cells()).containsExactly("3", "fou");
        assertThat(rows.get(1).line()).isEqualTo(3);
    }

    @Test
    void characters_after_a_closing_quote_do_not_stop_the_reading() throws IOException {
        List<CsvRow> rows = rows("a,b\n\"1\"x,2\n3,4\n");

        assertThat(rows).extracting(CsvRow::cells).containsExactly(List.of("1x", "2"), List.of("3", "4"));
    }

    @Test
    void a_cell_of_10_mb_spoils_its_row_only() throws IOException {
        List<CsvRow> rows = rows("a,b\n1,2\n3,\"" + "x".repeat(10_000_000) + "\"\n5,6\n");

        assertThat(rows).extracting(CsvFileTest::code).containsExactly("fine", "cell_too_long", "fine");
        assertThat(rows.get(1).cells().get(1)).hasSize(10_000_000);
    }

    @Test
    void a_cell_that_no_parser_could_hold_spoils_its_row_only() throws IOException {
        for (String quote : List.of("", "\"")) {
            List<CsvRow> rows = rows("a,b\n1,2\n3," + quote + "x".repeat(20_000_000) + quote + "\n5,6\n");

            assertThat(rows).extracting(CsvFileTest::code).containsExactly("fine", "cell_too_long", "fine");
            assertThat(rows.get(2).cells()).containsExactly("5", "6");
        }
    }

    @Test
    void where_the_parser_gives_up_the_rest_is_told_to_be_unread() throws IOException {
        List<CsvRow> rows = rows("a,b\n1,2\n3,\"" + "\"\"".repeat(10_000_000) + "\"\n5,6\n");

        assertThat(rows).extracting(CsvFileTest::code).containsExactly("fine", "unreadable");
        assertThat(rows.get(1).line()).isEqualTo(3);
    }

    @Test
    void a_line_of_nothing_but_separators_does_not_fill_the_memory() throws IOException {
        List<CsvRow> rows = rows("a,b\n" + ",".repeat(5_000_000) + "\n1,2\n");

        assertThat(rows).extracting(CsvFileTest::code).containsExactly("cells", "fine");
        assertThat(rows.get(0).cells()).hasSizeLessThan(20_000);
    }

    @Test
    void a_nul_character_is_read_like_any_other() throws IOException {
        assertThat(rows("a,b\n1,x\0y\n").get(0).cells()).containsExactly("1", "x\0y");
    }
}
