package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    @TempDir
    Path dir;

    @Test
    void each_variable_is_a_purchasing_account_named_in_lower_case() throws IOException {
        Keys keys = environment(Map.of(
                "PURSER_ACCOUNTS_MAIN_API_KEY", " sk-main \n",
                "PURSER_ACCOUNTS_BIG_SHOP_2_API_KEY", "sk-big",
                "PURSER_ACCOUNTS_EMPTY_API_KEY", "",
                "PURSER_BUDGET_PER_DAY", "5"));

        assertThat(keys.aliases()).containsExactly("big_shop_2", "main");
        assertThat(keys.of("main")).isEqualTo("sk-main");
        assertThat(keys.of("big_shop_2")).isEqualTo("sk-big");
    }

    @Test
    void properties_name_accounts_too_and_the_environment_has_the_last_word() throws IOException {
        Keys keys = new Keys(new SmallRyeConfigBuilder()
                .withSources(
                        new EnvConfigSource(Map.of("PURSER_ACCOUNTS_BIG_SHOP_API_KEY", "sk-environment"), 300),
                        new PropertiesConfigSource(
                                Map.of(
                                        "purser.accounts.\"big-shop\".api-key", "sk-properties",
                                        "purser.accounts.demo.api-key", "sk-demo"),
                                "file",
                                100))
                .build());

        assertThat(keys.aliases()).containsExactly("big_shop", "demo");
        assertThat(keys.of("big_shop")).isEqualTo("sk-environment");
        assertThat(keys.of("demo")).isEqualTo("sk-demo");
    }

    @Test
    void a_key_file_is_read_again_when_it_changes() throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "sk-first\n");
        Keys keys = environment(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString()));
        assertThat(keys.of("main")).isEqualTo("sk-first");

        Files.writeString(file, "sk-other\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));

        assertThat(keys.of("main")).isEqualTo("sk-other");
        assertThat(keys.hideIn("<sk-other>")).isEqualTo("<***>");
    }

    @Test
    void an_error_names_the_variable_and_never_the_key() throws IOException {
        Path blank = Files.writeString(dir.resolve("blank"), "two sk-words\n");
        Keys keys = environment(Map.of(
                "PURSER_ACCOUNTS_GONE_API_KEY_FILE", dir.resolve("gone").toString(),
                "PURSER_ACCOUNTS_BLANK_API_KEY_FILE", blank.toString()));

        assertThatThrownBy(() -> keys.of("gone"))
                .isInstanceOf(IOException.class)
                .hasMessage("PURSER_ACCOUNTS_GONE_API_KEY_FILE cannot be read: NoSuchFileException");
        assertThatThrownBy(() -> keys.of("blank"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PURSER_ACCOUNTS_BLANK_API_KEY_FILE")
                .hasMessageNotContaining("sk-");
        assertThatThrownBy(() -> environment(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY", "sk-a\r\nX: sk-b")))
                .hasMessageContaining("PURSER_ACCOUNTS_MAIN_API_KEY")
                .hasMessageNotContaining("sk-");
    }

    @Test
    void one_account_has_one_key() {
        assertThatThrownBy(() -> environment(Map.of(
                        "PURSER_ACCOUNTS_MAIN_API_KEY", "sk-a", "PURSER_ACCOUNTS_MAIN_API_KEY_FILE", "/run/key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PURSER_ACCOUNTS_MAIN_API_KEY and PURSER_ACCOUNTS_MAIN_API_KEY_FILE");
    }

    private static Keys environment(Map<String, String> variables) {
        return new Keys(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(variables, 300))
                .build());
    }
}
