package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void a_cursor_that_is_handed_back_means_the_same_place() {
        assertThat(Cursor.parse(new Cursor(123_456_789_012L).text())).contains(new Cursor(123_456_789_012L));
        assertThat(new Cursor(7).text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "!", "YmVmb3JlOg", "YmVmb3JlOi03", "YmVmb3JlOjk5OTk5OTk5OTk5OTk5OTk5OTk5"})
    void a_cursor_that_was_made_up_is_none(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }
}
