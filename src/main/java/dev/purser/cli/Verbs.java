package dev.purser.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The line itself: without a verb it serves. */
@Command(
        name = "java -jar quarkus-run.jar",
        synopsisSubcommandLabel = "[verb]",
        description = "Buys CoCalc licenses exactly once, within budget, and with proof.",
        commandListHeading = "%nVerbs (serve when none is given):%n",
        footer = {
            "",
            "Exit codes: 0 done; 1 failed; 2 done with rejected rows or discrepancies;",
            "3 something is held, for approval or for money; 4 unknown purchases left;",
            "64 usage; 78 configuration. Of 2, 3 and 4 the highest that applies is told.",
            "What the environment configures stands in the README.",
        })
final class Verbs implements Callable<Integer> {

    @Mixin
    private final Common common = new Common();

    private final House house;

    Verbs(House house) {
        this.house = house;
    }

    @Override
    public Integer call() {
        return house.serve(common.json);
    }
}
