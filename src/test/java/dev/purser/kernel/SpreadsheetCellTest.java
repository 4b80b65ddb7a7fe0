package dev.purser.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCellTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "-1+1", "=", "+", "--1"})
    void a_formula_is_neutralised_and_comes_back_as_it_was(String cell) {
        assertThat(SpreadsheetCell.safe(cell)).isEqualTo("'" + cell);
        assertThat(SpreadsheetCell.undo(SpreadsheetCell.safe(cell))).isEqualTo(cell);
        assertThat(SpreadsheetCell.safe(SpreadsheetCell.safe(cell))).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+2", "-3.50", "text", "a=b", "'quoted'", "'", "2026-12-01"})
    void a_number_and_a_text_stay_as_they_are(String cell) {
        assertThat(SpreadsheetCell.safe(cell)).isEqualTo(cell);
        assertThat(SpreadsheetCell.undo(cell)).isEqualTo(cell);
    }
}
