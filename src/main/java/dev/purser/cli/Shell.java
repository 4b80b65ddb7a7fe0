package dev.purser.cli;

import dev.purser.cli.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads what was typed, runs the verb, and tells why one ends early: in one sentence, with the way out. */
public final class Shell {

    private final Terminal terminal;
    private final CommandLine line;
    private boolean json;

    public Shell(Terminal terminal, Settings settings, Clock clock, House house) {
        this(terminal, settings, clock, house, Rest.BETWEEN_QUESTIONS);
    }

    Shell(Terminal terminal, Settings settings, Clock clock, House house, Rest rest) {
        this.terminal = terminal;
        this.line = new CommandLine(new Verbs(house))
                .addSubcommand(
                        "serve",
                        LastingVerb.of(
                                house::serve,
                                "Takes orders, buys licenses, answers on HTTP; needs PostgreSQL, Kafka and CoCalc."))
                .addSubcommand(
                        "demo",
                        LastingVerb.of(
                                house::demo,
                                "The same with everything that is lacking brought along, and sample orders; keeps it in data/."))
                .addSubcommand(
                        "sandbox", LastingVerb.of(house::sandbox, "Only a pretend CoCalc API v2, to rehearse against."))
                .addSubcommand(new DoctorVerb(terminal, settings, clock, house))
                .addSubcommand(new QuoteVerb(terminal, settings, clock))
                .addSubcommand(new ImportVerb(terminal, settings, clock, rest))
                .addSubcommand(new OrdersVerb(terminal, settings))
                .addSubcommand(new ReconcileVerb(terminal, settings, clock, rest))
                .addSubcommand(new ReplayVerb(terminal, settings))
                .addSubcommand(new SchemasVerb(terminal))
                .addSubcommand("help", new HelpCommand());
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setErr(new PrintWriter(terminal.err(), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, args) -> misused(wrong));
        line.setExecutionExceptionHandler((failure, verb, typed) -> failed(failure, verb));
    }

    /** @return the exit code */
    public int run(String... args) {
        // Also where the rest cannot be read.
        json = Arrays.asList(args).contains(Common.JSON);
        return line.execute(args);
    }

    private int misused(ParameterException wrong) {
        terminal.fail(json, Exit.USAGE, sentence(wrong));
        wrong.getCommandLine().usage(terminal.err());
        return Exit.USAGE.code();
    }

    private static String sentence(ParameterException wrong) {
        CommandLine verb = wrong.getCommandLine();
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return wrong.getMessage() + ".";
        }
        String first = unmatched.getUnmatched().get(0);
        boolean isVerb = verb.getParent() == null && !first.startsWith("-");
        return (isVerb
                        ? "There is no verb '"
                        : first.startsWith("-") ? "There is no option '" : "Nothing is known of '")
                + Terminal.harmless(first) + "'." + nearest(unmatched, first);
    }

    private static String nearest(UnmatchedArgumentException unmatched, String typed) {
        return unmatched.getSuggestions().stream()
                .filter(near -> near.startsWith("-") == typed.startsWith("-"))
                .findFirst()
                .map(near -> " Did you mean '" + near + "'?")
                .orElse("");
    }

    private int failed(Exception failure, CommandLine verb) {
        if (failure instanceof Failure told) {
            terminal.fail(json, told.exit(), told.sentence());
            if (told.exit() == Exit.USAGE) {
                verb.usage(terminal.err());
            }
            return told.exit().code();
        }
        StackTraceElement[] trace = failure.getStackTrace();
        return terminal.fail(
                json,
                Exit.FAILED,
                "Purser met something that nobody foresaw: " + failure
                        + (trace.length == 0 ? "" : " (at " + trace[0] + ")"));
    }
}
