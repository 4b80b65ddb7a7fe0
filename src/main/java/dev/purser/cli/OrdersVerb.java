package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cli.settings.Settings;
import dev.purser.orders.OrderState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "orders", description = "Lists orders of a running Purser, newest first.")
final class OrdersVerb implements Callable<Integer> {

    private static final int LARGEST_PAGE = 500;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only orders in this state: ${COMPLETION-CANDIDATES}.")
    @Nullable
    OrderState state;

    @Option(names = "--campaign", paramLabel = "NAME", description = "Only orders of this campaign.")
    @Nullable
    String campaign;

    @Option(names = "--q", paramLabel = "TEXT", description = "Only orders with this text in their order_id or title.")
    @Nullable
    String text;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many; ${DEFAULT-VALUE} when not given.")
    int limit;

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;
    private final Settings settings;

    OrdersVerb(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new Failure(Exit.USAGE, "--limit must be 1 or more.");
        }
        ObjectNode found = find(connection.open(settings));
        if (common.json) {
            terminal.print(found);
        } else {
            show(found);
        }
        return Exit.DONE.code();
    }

    private ObjectNode find(Instance purser) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        ArrayNode items = found.putArray("items");
        JsonNode next = JsonNodeFactory.instance.nullNode();
        do {
            JsonNode page = purser.get(path(Math.min(LARGEST_PAGE, limit - items.size()), next));
            page.path("items").forEach(items::add);
            next = page.path("next");
        } while (next.isTextual() && items.size() < limit);
        found.put("next", next.isTextual() ? next.asText() : null);
        return found;
    }

    private String path(int size, JsonNode cursor) {
        return "/api/v1/orders?limit=" + size
                + parameter("state", state == null ? null : state.name())
                + parameter("campaign", campaign)
                + parameter("q", text)
                + parameter("cursor", cursor.isTextual() ? cursor.asText() : null);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void show(ObjectNode found) {
        Table table = new Table("order", "state", " USD", "campaign", "received", "");
        for (JsonNode order : found.path("items")) {
            table.row(
                    order.path("order_id").asText(),
                    order.path("state").asText(),
                    order.path("cost").asText(order.path("quoted_cost").asText("")),
                    order.path("campaign").asText(""),
                    order.path("received_at").asText("").replaceAll("\\.\\d+Z$", "Z"),
                    order.path("license_id").isTextual()
                            ? "license " + order.path("license_id").asText()
                            : order.path("message").asText(""));
        }
        if (table.isEmpty()) {
            terminal.out().println("No orders.");
            return;
        }
        terminal.out().print(table);
        if (found.path("next").isTextual()) {
            terminal.out().println("There are more than these " + limit + "; --limit shows more of them.");
        }
    }
}
