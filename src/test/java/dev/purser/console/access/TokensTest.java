package dev.purser.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {

    /** What {@code printf open-sesame | sha256sum} and {@code printf abracadabra | sha256sum} print. */
    private static final String SESAME = "d7ecdf25eaf3deba0f2628771dbdd22d4138ab6cf38f91ed02a2ca0dec7c8ab7";

    private static final String ABRACADABRA = "045babdcd2118960e8c8b8e0ecf65b734686e1b18f58710c9646779f49e942ae";

    @Test
    void a_token_opens_by_its_hash() {
        Tokens tokens = Tokens.parse(List.of("sha256:" + SESAME + " operator ali"));

        assertThat(tokens.holderOf("open-sesame")).hasValueSatisfying(holder -> {
            assertThat(holder.name()).isEqualTo("ali");
            assertThat(holder.role()).isEqualTo(Role.OPERATOR);
        });
        assertThat(tokens.holderOf("open-barley")).isEmpty();
        assertThat(tokens.holderOf(SESAME)).isEmpty();
        assertThat(tokens.holderOf("")).isEmpty();
    }

    @Test
    void comments_empty_lines_byte_order_mark_and_windows_line_ends_are_fine() {
        Tokens tokens = Tokens.parse(List.of(
                "\uFEFF# who may come in\r",
                "",
                "  sha256:" + SESAME.toUpperCase(java.util.Locale.ROOT) + "\tadmin   Ali Baba \r"));

        assertThat(tokens.mistakes()).isEmpty();
        assertThat(tokens.holderOf("open-sesame"))
                .hasValueSatisfying(holder -> assertThat(holder.name()).isEqualTo("Ali Baba"));
    }

    @Test
    void a_wrong_line_is_named_by_its_number_never_shown_and_stops_no_other() {
        Tokens tokens = Tokens.parse(List.of(
                "open-sesame operator ali",
                "sha256:" + SESAME + " sultan ali",
                "sha256:" + SESAME + " viewer",
                "sha256:" + ABRACADABRA + " viewer eve",
                "sha256:" + ABRACADABRA + " admin eve"));

        assertThat(tokens.mistakes())
                .hasSize(4)
                .satisfies(mistakes -> {
                    assertThat(mistakes.get(0)).startsWith("line 1 ");
                    assertThat(mistakes.get(1)).startsWith("line 2 has no role");
                    assertThat(mistakes.get(2)).startsWith("line 3 ");
                    assertThat(mistakes.get(3)).startsWith("line 5 repeats");
                })
                .noneMatch(mistake -> mistake.contains("sesame") || mistake.contains(SESAME));
        assertThat(tokens.holders()).extracting(Tokens.Holder::role).containsExactly(Role.VIEWER);
    }

    @Test
    void everyone_may_look_and_only_an_admin_may_do_all() {
        assertThat(Role.values()).allSatisfy(role -> assertThat(role.granted()).contains("viewer", role.word()));
        assertThat(Role.APPROVER.granted()).doesNotContain("operator", "finance", "admin");
        assertThat(Role.ADMIN.granted()).contains("operator", "approver", "finance");
    }
}
