package dev.purser.cli;

import picocli.CommandLine.Option;

/** What every verb takes. */
final class Common {

    static final String JSON = "--json";

    @Option(names = JSON, description = "Answer with one JSON document on standard output.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show how this verb is used.")
    boolean help;
}
