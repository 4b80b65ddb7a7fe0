package dev.purser.cli.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** What checks found, in one line each: {@code level area: says → todo}. */
final class Looks {

    private Looks() {}

    static List<String> of(Check check) {
        return check.look().stream()
                .map(finding -> finding.level() + " " + finding.area() + ": " + finding.says()
                        + (finding.todo() == null ? "" : " → " + finding.todo()))
                .collect(Collectors.toList());
    }
}
