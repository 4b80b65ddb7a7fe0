package dev.purser.intake;

import dev.purser.automation.CommandView;
import dev.purser.automation.Commands;
import dev.purser.intake.ResultRow.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What became of commands. */
@ApplicationScoped
class CommandAnswers implements Answers {

    private final Commands commands;

    CommandAnswers(Commands commands) {
        this.commands = commands;
    }

    @Override
    public List<String> columns() {
        return CommandRow.COLUMNS;
    }

    @Override
    public Set<Status> outcomes() {
        return EnumSet.of(Status.OPEN, Status.SUCCEEDED, Status.FAILED);
    }

    @Override
    public String key() {
        return CommandCells.ID;
    }

    @Override
    public boolean hasOpen(long importId) {
        return commands.openOf(importId) > 0;
    }

    @Override
    public List<CommandRow> of(List<CsvRow> rows, List<Verdict> verdicts, List<String> keys) {
        List<String> ids = verdicts.stream()
                .filter(verdict -> verdict.status() != Verdict.Status.REJECTED)
                .map(Verdict::orderId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, CommandView> views = commands.views(ids);
        List<CommandRow> answers = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Verdict verdict = verdicts.get(i);
            String id = verdict.orderId();
            answers.add(new CommandRow(
                    rows.get(i), verdict, id == null ? null : views.get(id), keys.indexOf(CommandCells.ID)));
        }
        return answers;
    }
}
