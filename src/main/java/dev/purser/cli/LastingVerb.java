package dev.purser.cli;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A verb that the house starts and that runs until it is stopped: {@code serve}, {@code demo}, {@code sandbox}. */
@Command
final class LastingVerb implements Callable<Integer> {

    @Mixin
    private final Common common = new Common();

    private final ToIntFunction<Boolean> start;

    private LastingVerb(ToIntFunction<Boolean> start) {
        this.start = start;
    }

    static CommandLine of(ToIntFunction<Boolean> start, String description) {
        CommandLine line = new CommandLine(new LastingVerb(start));
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() {
        return start.applyAsInt(common.json);
    }
}
