package dev.purser.cli.doctor;

import dev.purser.cli.settings.Requirements;
import dev.purser.cli.settings.Settings;
import dev.purser.provisioning.SettingsCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether all is set that must be, can be read, and is spelled as Purser spells it. */
final class ConfigurationCheck implements Check {

    private static final String AREA = "configuration";

    private final Settings settings;

    ConfigurationCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        Requirements.needsOf(settings)
                .forEach(need -> found.add(Finding.misconfigured(
                        AREA, need.variable() + " is not set.", "Set it to " + need.meaning() + ".")));
        for (Known known : Known.values()) {
            settings.find(known.property())
                    .flatMap(known.kind()::objection)
                    .ifPresent(must -> found.add(Finding.misconfigured(
                            AREA, known.variable() + " cannot be read.", "It must be " + must + ".")));
        }
        if (found.stream().noneMatch(finding -> finding.says().endsWith("cannot be read."))) {
            SettingsCheck.objection(settings.config())
                    .ifPresent(objection ->
                            found.add(Finding.misconfigured(AREA, objection + ".", "Set it so, or leave it unset.")));
        }
        misspelled()
                .forEach((written, meant) -> found.add(Finding.warn(
                        AREA, written + " is set, which nothing reads.", "Perhaps " + meant + " is meant.")));
        if (settings.has("purser.failpoint")) {
            found.add(Finding.warn(
                    AREA,
                    "PURSER_FAILPOINT is set, so a Purser that starts here ends itself.",
                    "Unset it, unless this is a rehearsal."));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(AREA, "All that must be set is set and can be read."));
        }
        return found;
    }

    /** A wrong letter in a limit's name would mean no limit. */
    private Map<String, String> misspelled() {
        Map<String, String> misspelled = new TreeMap<>();
        for (String name : settings.config().getPropertyNames()) {
            String variable = Settings.variable(name);
            if (variable.startsWith("PURSER_") && !variable.startsWith("PURSER_ACCOUNTS_")) {
                nearest(variable).ifPresent(meant -> misspelled.put(variable, meant));
            }
        }
        return misspelled;
    }

    private static Optional<String> nearest(String variable) {
        List<String> known = Known.variables();
        return known.contains(variable)
                ? Optional.empty()
                : known.stream()
                        .filter(name -> Spelling.distance(name, variable) <= 2)
                        .findFirst();
    }
}
