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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    private static final UUID ACCOUNT = UUID.randomUUID();

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
        assertThat(keys.of("main").key()).isEqualTo("sk-main");
        assertThat(keys.of("big_shop_2").key()).isEqualTo("sk-big");
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
        assertThat(keys.of("big_shop").key()).isEqualTo("sk-environment");
        assertThat(keys.of("demo").key()).isEqualTo("sk-demo");
    }

    @Test
    void a_key_file_is_read_again_when_it_changes() throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "sk-first\n");
        Keys keys = environment(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString()));
        assertThat(keys.of("main").key()).isEqualTo("sk-first");

        Files.writeString(file, "sk-other\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));

        assertThat(keys.of("main").key()).isEqualTo("sk-other");
        assertThat(keys.hideIn("<sk-other>")).isEqualTo("<***>");
    }

    @Test
    void every_key_that_was_ever_read_is_hidden() throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "sk-first");
        Keys keys = environment(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString()));
        keys.of("main").key();
        Files.writeString(file, "sk-other");
        keys.of("main").key();

        assertThat(keys.hideIn("sk-first, sk-other")).isEqualTo("***, ***");
    }

    @Test
    void a_changed_key_is_used_only_after_cocalc_has_told_that_it_is_the_accounts_own() throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "sk-first");
        KeySource main = environment(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString()))
                .of("main");
        assertThat(main.isNew()).isTrue();
        main.told(main.askingWhoseItIs(), ACCOUNT);
        main.bind(ACCOUNT);
        assertThat(main.isNew()).isFalse();
        assertThat(main.keyOfAccount()).isEqualTo("sk-first");

        Files.writeString(file, "sk-other");
        assertThat(main.isNew()).isTrue();
        assertThatThrownBy(main::keyOfAccount)
                .hasMessageContaining("has changed")
                .hasMessageNotContaining("sk-");
        assertThat(main.key()).isEqualTo("sk-other");

        main.told(main.askingWhoseItIs(), UUID.randomUUID());
        assertThatThrownBy(main::keyOfAccount).hasMessageContaining("of another CoCalc account");
        assertThat(main.isNew()).isFalse();

        Files.writeString(file, "sk-third");
        main.told(main.askingWhoseItIs(), ACCOUNT);
        assertThat(main.keyOfAccount()).isEqualTo("sk-third");
    }

    @Test
    void an_answer_about_a_key_that_has_changed_meanwhile_vouches_for_nothing() throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "sk-first");
        KeySource main = environment(Map.of("PURSER_ACCOUNTS_MAIN_API_KEY_FILE", file.toString()))
                .of("main");
        main.bind(ACCOUNT);
        int asked = main.askingWhoseItIs();
        Files.writeString(file, "sk-other");

        main.told(asked, ACCOUNT);
        assertThatThrownBy(main::keyOfAccount).isInstanceOf(IOException.class);

        main.told(main.askingWhoseItIs(), ACCOUNT);
        main.told(asked, UUID.randomUUID());
        assertThat(main.keyOfAccount()).isEqualTo("sk-other");
    }

    @Test
    void an_error_names_the_variable_and_never_the_key() throws IOException {
        Path blank = Files.writeString(dir.resolve("blank"), "two sk-words\n");
        Keys keys = environment(Map.of(
                "PURSER_ACCOUNTS_GONE_API_KEY_FILE", dir.resolve("gone").toString(),
                "PURSER_ACCOUNTS_BLANK_API_KEY_FILE", blank.toString()));

        assertThatThrownBy(() -> keys.of("gone").key())
                .isInstanceOf(IOException.class)
                .hasMessage("PURSER_ACCOUNTS_GONE_API_KEY_FILE cannot be read: NoSuchFileException");
        assertThatThrownBy(() -> keys.of("blank").key())
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
