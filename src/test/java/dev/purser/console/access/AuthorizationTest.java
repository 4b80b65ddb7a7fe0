package dev.purser.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class AuthorizationTest {

    @Test
    void a_token_is_shown_as_bearer_or_as_the_password_of_anybody() {
        assertThat(Authorization.token("Bearer abc")).contains("abc");
        assertThat(Authorization.token("bearer  abc ")).contains("abc");
        assertThat(Authorization.token("Basic " + base64("me:a:b"))).contains("a:b");
        assertThat(Authorization.token("basic " + base64(":abc"))).contains("abc");
    }

    @Test
    void anything_else_shows_none() {
        assertThat(Authorization.token("")).isEmpty();
        assertThat(Authorization.token("Bearer")).isEmpty();
        assertThat(Authorization.token("Bearer  ")).isEmpty();
        assertThat(Authorization.token("Digest abc")).isEmpty();
        assertThat(Authorization.token("Basic ???")).isEmpty();
        assertThat(Authorization.token("Basic " + base64("abc"))).isEmpty();
        assertThat(Authorization.token("Basic " + base64("me:"))).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
