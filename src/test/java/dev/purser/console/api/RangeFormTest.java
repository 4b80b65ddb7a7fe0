package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.reconciliation.Range;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{}", "{\"from\":null}", "{\"unknown\":1}"})
    void without_days_it_is_all_that_is_open(String body) {
        assertThat(read(body).range()).isEqualTo(Range.OPEN);
        assertThat(read(body).wrong()).isEmpty();
    }

    @Test
    void both_days_count() {
        assertThat(read("{\"from\":\"2026-11-01\",\"to\":\"2026-11-30\"}").range())
                .isEqualTo(Range.of(YearMonth.of(2026, 11)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\":\"yesterday\",\"to\":\"2026-02-30\"} | /from | a day such as",
                "{\"from\":\"1999-12-31\"} | /from | a day of the years 2000 to 9999",
                "{\"to\":\"+10000-01-01\"} | /to | a day of the years 2000 to 9999",
                "{\"from\":5} | /from | a day such as",
                "[1] | '' | a JSON object",
                "{ | '' | no JSON",
                "{\"from\":\"2026-11-30\",\"to\":\"2026-11-01\"} | '' | before it begins"
            })
    void what_cannot_be_read_is_named(String body, String pointer, String words) {
        assertThat(read(body).wrong().get(0).pointer()).isEqualTo(pointer);
        assertThat(read(body).wrong().get(0).detail()).contains(words);
    }

    private static RangeForm.Asked read(String body) {
        return RangeForm.read(new ObjectMapper(), body);
    }
}
