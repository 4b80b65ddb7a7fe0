package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"8e03978e-40d5\" | 8e03978e-40d5",
                "8e03978e-40d5       | 8e03978e-40d5",
                "\"a b; c=d\"      | a b; c=d",
                "\"a \\\" b\"   | a \" b",
            })
    void a_key_is_a_string_in_quotes_or_bare(String header, String key) {
        assertThat(IdempotencyKey.parse(header)).contains(new IdempotencyKey(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a", "a b", "a,b", "\"a\", \"b\"", "\"é\"", "\"a\\b\""})
    void what_is_no_key_is_none(String header) {
        assertThat(IdempotencyKey.parse(header)).isEmpty();
    }

    @Test
    void a_key_has_at_most_255_characters() {
        assertThat(IdempotencyKey.parse("k".repeat(255))).isPresent();
        assertThat(IdempotencyKey.parse("k".repeat(256))).isEmpty();
    }
}
