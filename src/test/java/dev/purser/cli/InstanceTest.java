package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a running Purser from answering, as the verb {@code orders} meets it. */
class InstanceTest {

    private static final String QUESTION = "GET /api/v1/orders?limit=50";

    private final PretendPurser purser = new PretendPurser();
    private final TypedLine line = new TypedLine().with("QUARKUS_HTTP_PORT", purser.port());

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        purser.close();
    }

    @Test
    void where_nobody_listens_the_way_out_is_to_start_one_or_to_name_another() {
        purser.close();

        line.type("orders");

        assertThat(line.exit).isEqualTo(1);
        assertThat(line.err())
                .isEqualTo("No Purser answers at " + purser.url()
                        + ". Start one with the verb serve (or demo), or name another with --url.\n");
    }

    @Test
    void what_is_no_purser_is_called_so() {
        line.type("orders");

        assertThat(line.exit).isEqualTo(1);
        assertThat(line.err()).contains("is no Purser, or another version of it (HTTP 404 from /api/v1/orders)");
    }

    @Test
    void an_address_that_cannot_be_one_is_a_usage_error() {
        assertThat(line.type("orders", "--url", "localhost:8080").exit).isEqualTo(64);
        assertThat(line.err()).startsWith("--url must be an address such as http://localhost:8080.");
        assertThat(line.type("orders", "--url", "http://a b").exit).isEqualTo(64);
    }

    @Test
    void the_token_comes_from_the_environment_or_from_a_file_and_the_file_goes_first() throws IOException {
        purser.when(QUESTION, 200, "{\"items\":[],\"next\":null}");
        Path file = Files.writeString(dir.resolve("token"), "from-the-file\n");
        line.with("PURSER_API_TOKEN", "from-the-environment");

        line.type("orders").type("orders", "--token-file", file.toString());

        assertThat(purser.asked)
                .extracting(PretendPurser.Asked::token)
                .containsExactly("Bearer from-the-environment", "Bearer from-the-file");
    }

    @Test
    void a_token_that_is_lacking_or_not_accepted_is_a_matter_of_configuration_and_is_never_printed() {
        purser.when(QUESTION, 401, "{\"detail\":\"This needs a token\"}");

        assertThat(line.type("orders").exit).isEqualTo(78);
        assertThat(line.err()).contains("asks for a token", "PURSER_API_TOKEN", "--token-file");

        line.with("PURSER_API_TOKEN", "canary-token").type("orders", "--json");
        assertThat(line.exit).isEqualTo(78);
        assertThat(line.err()).contains("does not accept the token").doesNotContain("canary");
        assertThat(line.out()).doesNotContain("canary");
    }

    @Test
    void a_token_file_that_is_not_there_or_holds_no_token_is_named() throws IOException {
        assertThat(line.type("orders", "--token-file", dir.resolve("none").toString()).exit)
                .isEqualTo(78);
        assertThat(line.err()).contains("cannot be read (NoSuchFileException)");

        Path file = Files.writeString(dir.resolve("token"), "two words");
        assertThat(line.type("orders", "--token-file", file.toString()).exit).isEqualTo(78);
        assertThat(line.err()).contains("holds no token").doesNotContain("two words");
    }

    @Test
    void a_problem_is_told_with_each_of_its_parts_and_moves_no_cursor() {
        purser.when(QUESTION, 400, """
                {"status":400,"detail":"2 parameters are wrong","errors":[
                 {"parameter":"limit","detail":"is too large"},{"pointer":"/0/license/ram","detail":"must\\u001b[2J be"}]}""");

        line.type("orders");

        assertThat(line.exit).isEqualTo(1);
        assertThat(line.err())
                .isEqualTo("2 parameters are wrong\n  limit: is too large\n  /0/license/ram: must [2J be\n");
    }

    @Test
    void with_json_a_failure_is_one_json_document_on_standard_output() {
        purser.close();

        line.type("orders", "--json");

        assertThat(line.json().path("error").asText()).startsWith("No Purser answers at");
        assertThat(line.json().path("exit_code").asInt()).isEqualTo(1);
    }
}
