package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cli.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Gives a CSV of orders to a running Purser, as if it were dropped into its folder.",
            "The same file again buys nothing twice, so with --wait it can be waited for again."
        })
final class ImportVerb implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A CSV of orders.")
    private Path file = Path.of("");

    @Option(names = "--wait", description = "Wait until every row is final or held, and tell what became of them.")
    boolean wait;

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;
    private final Settings settings;
    private final Clock clock;
    private final Rest rest;

    ImportVerb(Terminal terminal, Settings settings, Clock clock, Rest rest) {
        this.terminal = terminal;
        this.settings = settings;
        this.clock = clock;
        this.rest = rest;
    }

    @Override
    public Integer call() {
        OrdersFile orders = OrdersFile.at(file);
        if (orders.json()) {
            throw new Failure(
                    Exit.FAILED, file + " is JSON. An import is a CSV; order data goes to POST /api/v1/orders.");
        }
        Instance purser = connection.open(settings);
        JsonNode begun = purser.upload("/api/v1/imports", orders);
        return wait ? follow(purser, begun) : accepted(purser, begun);
    }

    private int accepted(Instance purser, JsonNode begun) {
        if (common.json) {
            terminal.print(begun);
        } else {
            String id = begun.path("id").asText();
            terminal.out().println(file.getFileName() + " is import " + id + ".");
            terminal.out().println("How it stands: " + purser.address() + "/api/v1/imports/" + id);
        }
        return Exit.DONE.code();
    }

    private int follow(Instance purser, JsonNode begun) {
        String id = begun.path("id").asText();
        Thread goesOn = new Thread(() -> terminal.err()
                .println("\nImport " + id + " goes on without being watched. To wait for it again: import " + file
                        + " --wait"));
        Runtime.getRuntime().addShutdownHook(goesOn);
        ImportWatch watch = new ImportWatch(purser, id, new Bar(terminal, clock), rest);
        ObjectNode ended = watch.untilSettled();
        Runtime.getRuntime().removeShutdownHook(goesOn);
        ImportWatch.assertTaken(ended);
        Exit exit = ImportWatch.exit(ended);
        if (common.json) {
            terminal.print(ended.put("exit_code", exit.code()));
        } else {
            show(purser, ended);
        }
        return exit.code();
    }

    private void show(Instance purser, JsonNode ended) {
        String id = ended.path("id").asText();
        terminal.out()
                .printf(
                        "%s, import %s: %d rows, %d accepted, %d duplicate, %d rejected%n",
                        Terminal.harmless(ended.path("file").asText()),
                        id,
                        ended.path("rows").asLong(),
                        ended.path("accepted").asLong(),
                        ended.path("duplicate").asLong(),
                        ended.path("rejected").asLong());
        if (ended.path("repeats").isNumber()) {
            terminal.out()
                    .println("The same bytes were import "
                            + ended.path("repeats").asText() + "; its orders are those that count:");
        }
        terminal.out().println(ImportWatch.orders(ended));
        terminal.out().println("Each row: " + purser.address() + "/api/v1/imports/" + id + "/results.csv");
    }
}
