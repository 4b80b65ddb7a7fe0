package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.automation.CommandState;
import dev.purser.automation.CommandView;
import dev.purser.automation.Request;
import dev.purser.intake.ResultRow.Status;
import dev.purser.kernel.event.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandCellsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Request request(String... columnsAndCells) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < columnsAndCells.length; i += 2) {
            cells.put(columnsAndCells[i], columnsAndCells[i + 1]);
        }
        return CommandCells.request(cells, "csv:x.csv:2", NOW, 7);
    }

    private static CommandView view(CommandState state) {
        return new CommandView(1, "c-1", "latex.compile", state, "csv", 1, NOW, NOW, null, NOW, null, null, null);
    }

    private static CommandRow row(String id, Verdict.Status status, CommandView command) {
        CsvRow row = new CsvRow(1, 2, List.of("project.stop", id), null);
        return new CommandRow(row, new Verdict(1, id, status, null, null), command, 1);
    }

    @Test
    void the_columns_are_the_fields_of_the_data_and_an_empty_cell_is_none() throws IOException {
        Request request = request(
                "command_id",
                " c-1 ",
                "verb",
                "licenses.list",
                "limit",
                "10",
                "skip",
                "",
                "student",
                "Ada",
                "ttl",
                "60");

        assertThat(request.id()).isEqualTo("c-1");
        assertThat(request.data()).isEqualTo(JSON.readTree("{\"limit\":10,\"ttl\":60}"));
    }

    @Test
    void a_query_is_json_in_its_cell_and_a_document_keeps_its_blanks() throws IOException {
        assertThat(request("query", "{\"projects\":[{\"title\":null}]}").data())
                .isEqualTo(JSON.readTree("{\"query\":{\"projects\":[{\"title\":null}]}}"));
        assertThat(request("content", " \\documentclass\n")
                        .data()
                        .path("content")
                        .asText())
                .isEqualTo(" \\documentclass\n");
        assertThat(request("query", "{no").data().path("query").isTextual()).isTrue();
        assertThat(request("limit", "ten").data().path("limit").isTextual()).isTrue();
    }

    @Test
    void what_is_wrong_is_told_by_its_column() {
        assertThat(CommandCells.sentence(
                        List.of(new Flaw("/id", "a"), new Flaw("/verb", "b"), new Flaw("/data/project_id", "c"))))
                .isEqualTo("command_id: a; verb: b; project_id: c");
    }

    @Test
    void a_header_with_a_command_id_is_one_of_commands(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("a.csv"), "Project_ID;verb; command_id ;student\n");
        Path lacking = Files.writeString(dir.resolve("b.csv"), "command_id,project_id\n");

        CsvHeader header = CsvHeader.of(file);

        assertThat(header.isOfCommands()).isTrue();
        assertThat(header.separator()).isEqualTo(';');
        assertThat(header.flaw()).isNull();
        assertThat(CsvHeader.of(lacking).flaw()).isEqualTo("Line 1 lacks the required columns verb.");
    }

    @Test
    void one_that_failed_stands_in_the_errors_file_under_the_next_id() {
        CommandView failed = view(CommandState.FAILED);

        assertThat(row("c-1", Verdict.Status.ACCEPTED, failed).isError()).isTrue();
        assertThat(row("c-1", Verdict.Status.ACCEPTED, failed).asDropped()).containsExactly("project.stop", "c-1/2");
        assertThat(row("c-1/2", Verdict.Status.ACCEPTED, failed).asDropped()).containsExactly("project.stop", "c-1/3");
        assertThat(row("c-1", Verdict.Status.REJECTED, null).asDropped()).containsExactly("project.stop", "c-1");
        assertThat(row("c-1", Verdict.Status.ACCEPTED, view(CommandState.RUNNING))
                        .status())
                .isEqualTo(Status.OPEN);
        assertThat(row("c-1", Verdict.Status.ACCEPTED, view(CommandState.SUCCEEDED))
                        .isError())
                .isFalse();
    }
}
