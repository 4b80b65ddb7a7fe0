package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.automation.CommandView;
import dev.purser.kernel.SpreadsheetCell;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command that came in a file.
 *
 * @param idCell which of the row's cells is the command_id
 */
record CommandRow(CsvRow row, Verdict verdict, @Nullable CommandView command, int idCell) implements ResultRow {

    static final List<String> COLUMNS = List.of("row_no", "status", "code", "message", "url", "result", "completed_at");

    private static final Pattern NTH = Pattern.compile("(.+)/([2-9]|[1-9][0-9]{1,3})");

    @Override
    public Status status() {
        return switch (verdict.status()) {
            case REJECTED -> Status.REJECTED;
            case DUPLICATE -> Status.DUPLICATE;
            case ACCEPTED -> command == null ? Status.OPEN : of(command);
        };
    }

    private static Status of(CommandView command) {
        return switch (command.state()) {
            case WAITING, RUNNING -> Status.OPEN;
            case SUCCEEDED -> Status.SUCCEEDED;
            case FAILED -> Status.FAILED;
        };
    }

    @Override
    public List<String> answer() {
        if (command == null || verdict.status() == Verdict.Status.REJECTED) {
            return List.of(ResultRow.text(verdict.code()), ResultRow.text(verdict.message()), "", "", "");
        }
        JsonNode result = command.result();
        return List.of(
                ResultRow.text(command.code()),
                SpreadsheetCell.safe(ResultRow.text(command.message())),
                result == null ? "" : SpreadsheetCell.safe(result.path("url").asText("")),
                ResultRow.text(result),
                ResultRow.text(command.completedAt()));
    }

    /** One that has failed has its answer, so it is sent anew under the next id: {@code stop-17}, {@code stop-17/2}. */
    @Override
    public List<String> asDropped() {
        List<String> cells = new ArrayList<>(ResultRow.super.asDropped());
        if (status() == Status.FAILED && idCell < cells.size()) {
            Matcher nth = NTH.matcher(row.cells().get(idCell).strip());
            cells.set(
                    idCell,
                    nth.matches()
                            ? nth.group(1) + "/" + (Integer.parseInt(nth.group(2)) + 1)
                            : row.cells().get(idCell).strip() + "/2");
        }
        return cells;
    }
}
