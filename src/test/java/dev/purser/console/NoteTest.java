package dev.purser.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

    @Test
    void a_note_may_have_several_lines() {
        assertThat(Note.parse(" bought by hand,\r\ninvoice 4711 \n"))
                .contains(new Note("bought by hand,\ninvoice 4711"));
        assertThat(Note.parse("x".repeat(1000))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n ", "a\u0000b", "\u001b[31m"})
    void an_empty_one_and_control_characters_are_none(String given) {
        assertThat(Note.parse(given)).isEmpty();
        assertThat(Note.parse("x".repeat(1001))).isEmpty();
    }
}
