package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.cli.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "quote",
        description = {
            "Tells what the orders of a file would cost, what is wrong with them, and which limit would hold them.",
            "Buys and stores nothing. Where no Purser runs it reckons by itself, without what was spent already."
        })
final class QuoteVerb implements Callable<Integer> {

    private static final Duration TO_QUOTE = Duration.ofMinutes(10);

    @Parameters(paramLabel = "FILE", description = "A CSV of orders, or order data as JSON (one order or an array).")
    private Path file = Path.of("");

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;
    private final Settings settings;
    private final QuoteAlone alone;

    QuoteVerb(Terminal terminal, Settings settings, Clock clock) {
        this.terminal = terminal;
        this.settings = settings;
        this.alone = new QuoteAlone(settings, clock);
    }

    @Override
    public Integer call() throws IOException {
        OrdersFile orders = OrdersFile.at(file);
        Instance purser = connection.open(settings);
        boolean asks = connection.isChosen() || purser.isThere();
        if (!asks) {
            terminal.err()
                    .println("No Purser answers at " + purser.address()
                            + ", so this is reckoned here, and what was spent already is not counted.");
        }
        JsonNode quotes = asks
                ? purser.post("/api/v1/quotes", orders.mediaType(), BodyPublishers.ofFile(orders.path()), TO_QUOTE)
                : alone.quote(orders);
        if (common.json) {
            terminal.print(quotes);
        } else {
            show(quotes);
        }
        return exit(quotes.path("totals")).code();
    }

    private static Exit exit(JsonNode totals) {
        return totals.path("held").asLong() > 0
                ? Exit.HELD
                : totals.path("invalid").asLong() > 0 ? Exit.REJECTIONS : Exit.DONE;
    }

    private void show(JsonNode quotes) {
        Table table = new Table(" row", "order", " USD", "");
        for (JsonNode item : quotes.path("items")) {
            table.row(
                    item.path("row").asText(),
                    item.path("order_id").asText(""),
                    item.path("price").asText(""),
                    remark(item));
        }
        terminal.out().print(table);
        terminal.out().println(sum(quotes.path("totals")));
    }

    private static String remark(JsonNode item) {
        List<String> wrong = new ArrayList<>();
        item.path("errors")
                .forEach(error -> wrong.add(error.path("field").asText() + ": "
                        + error.path("message").asText()));
        return !wrong.isEmpty()
                ? String.join("; ", wrong)
                : item.path("duplicate").asBoolean()
                        ? "the same order as before, bought once"
                        : item.path("held").isObject()
                                ? "would be held: " + item.at("/held/message").asText()
                                : "";
    }

    private static String sum(JsonNode totals) {
        return "%d orders: %d valid for %s USD%s, %d wrong, %d duplicate"
                .formatted(
                        totals.path("orders").asLong(),
                        totals.path("valid").asLong(),
                        totals.path("price").asText(),
                        totals.path("held").asLong() == 0
                                ? ""
                                : " (%d of them, for %s USD, would be held)"
                                        .formatted(
                                                totals.path("held").asLong(),
                                                totals.path("held_price").asText()),
                        totals.path("invalid").asLong(),
                        totals.path("duplicate").asLong());
    }
}
