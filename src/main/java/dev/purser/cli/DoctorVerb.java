package dev.purser.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cli.doctor.Doctor;
import dev.purser.cli.doctor.Finding;
import dev.purser.cli.doctor.Finding.Level;
import dev.purser.cli.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Looks at all that Purser needs (configuration, PostgreSQL, Kafka, CoCalc, each key) and says what to do.",
            "Needs no running Purser, buys nothing, changes nothing, prints no key."
        })
final class DoctorVerb implements Callable<Integer> {

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;
    private final Settings settings;
    private final Clock clock;
    private final House house;

    DoctorVerb(Terminal terminal, Settings settings, Clock clock, House house) {
        this.terminal = terminal;
        this.settings = settings;
        this.clock = clock;
        this.house = house;
    }

    @Override
    public Integer call() {
        List<Finding> found = new ArrayList<>(new Doctor(settings, clock, house.exposure()).look());
        found.add(instance(new Connection().open(settings)));
        if (common.json) {
            terminal.print(document(found));
        } else {
            show(found);
        }
        return exit(found).code();
    }

    private static Finding instance(Instance purser) {
        return purser.isThere()
                ? new Finding("instance", Level.OK, "A Purser answers at " + purser.address() + ".", null)
                : new Finding(
                        "instance",
                        Level.OK,
                        "No Purser answers at " + purser.address() + "; none is needed here.",
                        null);
    }

    private static Exit exit(List<Finding> found) {
        Level worst = found.stream()
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
        return worst == Level.MISCONFIGURED ? Exit.CONFIGURATION : worst == Level.FAIL ? Exit.FAILED : Exit.DONE;
    }

    private void show(List<Finding> found) {
        String area = "";
        for (Finding finding : found) {
            terminal.out()
                    .printf(
                            "%-14s %-4s  %s%n",
                            finding.area().equals(area) ? "" : finding.area(),
                            finding.level().word(),
                            Terminal.harmless(finding.says()));
            if (finding.todo() != null) {
                terminal.out().printf("%-14s %-4s  → %s%n", "", "", Terminal.harmless(finding.todo()));
            }
            area = finding.area();
        }
        terminal.out()
                .printf(
                        "%n%d fine, %d to look at, %d wrong%n",
                        count(found, "ok"), count(found, "warn"), count(found, "fail"));
    }

    private static long count(List<Finding> found, String word) {
        return found.stream()
                .filter(finding -> finding.level().word().equals(word))
                .count();
    }

    private static ObjectNode document(List<Finding> found) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("exit_code", exit(found).code())
                .put("ok", count(found, "ok"))
                .put("warn", count(found, "warn"))
                .put("fail", count(found, "fail"));
        ArrayNode checks = document.putArray("checks");
        found.forEach(finding -> checks.addObject()
                .put("area", finding.area())
                .put("level", finding.level().word())
                .put("message", finding.says())
                .put("todo", finding.todo()));
        return document;
    }
}
