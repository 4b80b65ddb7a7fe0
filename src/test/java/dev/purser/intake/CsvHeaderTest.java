package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvHeaderTest {

    private static final String REQUIRED = String.join(",", OrderForm.REQUIRED);

    @TempDir
    Path folder;

    private CsvHeader header(String text) throws IOException {
        return CsvHeader.of(Files.writeString(folder.resolve("x.csv"), text));
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void the_separator_is_the_one_that_makes_sense_of_the_header(char separator) throws IOException {
        CsvHeader header = header("note: a, b; c" + separator + REQUIRED.replace(',', separator) + "\n");

        assertThat(header.flaw()).isNull();
        assertThat(header.separator()).isEqualTo(separator);
    }

    @Test
    void columns_may_come_in_any_order_and_case_with_others_among_them() throws IOException {
        CsvHeader header = header("dept, RAM ,cpu,disk,member,uptime,period,user,run_limit,\"Order_ID\",account_id\n");

        assertThat(header.flaw()).isNull();
        assertThat(header.columns()).startsWith("dept", " RAM ");
    }

    @Test
    void a_missing_column_is_named() throws IOException {
        assertThat(header(REQUIRED.replace("ram,", "")).flaw())
                .contains("lacks")
                .contains(" ram.");
    }

    @Test
    void a_name_that_stands_twice_is_named() throws IOException {
        assertThat(header(REQUIRED + ",ram").flaw()).contains("ram twice");
        assertThat(header(REQUIRED + ",dept,Dept").flaw()).contains("dept twice");
        assertThat(header(REQUIRED + ",,").flaw()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-1,3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23,academic", "\n\n", "<html>", "\""})
    void a_first_line_that_names_no_column_is_no_header(String text) throws IOException {
        assertThat(header(text).flaw()).contains("no header");
    }

    @Test
    void a_header_whose_quote_never_closes_is_told() throws IOException {
        assertThat(header(REQUIRED + ",\"campaign").flaw()).contains("quote");
    }
}
