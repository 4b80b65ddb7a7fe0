package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemasVerbTest {

    private final TypedLine line = new TypedLine();

    @TempDir
    Path dir;

    @Test
    void alone_it_lists_every_event_with_its_topic() {
        line.type("schemas");

        assertThat(line.exit).isZero();
        assertThat(line.out())
                .containsPattern("dev\\.purser\\.order\\.submitted\\.v1 +in +purser\\.orders\\.v1\n")
                .containsPattern("dev\\.purser\\.order\\.provisioned\\.v1 +out +purser\\.outcomes\\.v1\n");
    }

    @Test
    void one_is_printed_by_its_type_by_its_file_or_as_the_asyncapi_document() {
        assertThat(line.type("schemas", "dev.purser.order.submitted.v1")
                        .json()
                        .path("$schema")
                        .asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(line.type("schemas", "license.v1.json").json().has("properties"))
                .isTrue();
        assertThat(line.type("schemas", "asyncapi").json().path("asyncapi").asText())
                .startsWith("3.");
    }

    @Test
    void all_of_them_are_one_json_document_or_files_of_a_folder() throws IOException {
        line.type("schemas", "--json");
        assertThat(line.json().path("asyncapi.json").path("asyncapi").asText()).startsWith("3.");
        assertThat(line.json().has("schemas/dev.purser.order.submitted.v1.json"))
                .isTrue();

        line.type("schemas", "--to", dir.resolve("new/folder").toString());
        assertThat(line.exit).isZero();
        assertThat(dir.resolve("new/folder/asyncapi.json")).exists();
        assertThat(Files.readString(dir.resolve("new/folder/schemas/dev.purser.order.submitted.v1.json")))
                .contains("order_id");
    }

    @Test
    void a_name_that_is_none_is_a_usage_error_and_a_place_that_cannot_be_written_fails() throws IOException {
        assertThat(line.type("schemas", "dev.purser.order.lost.v1").exit).isEqualTo(64);
        assertThat(line.err()).startsWith("There is no event 'dev.purser.order.lost.v1'.");

        Path file = Files.writeString(dir.resolve("file"), "");
        assertThat(line.type("schemas", "--to", file.resolve("below").toString()).exit)
                .isEqualTo(1);
        assertThat(line.err()).contains("Name a folder that you may write to.");
    }
}
