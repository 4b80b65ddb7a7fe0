package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cli.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Lets a running Purser read dead letters once more: all open ones, or those that are named.",
            "Tells before what each would do, and on a terminal asks. Whatever is replayed, nothing is bought twice."
        })
final class ReplayVerb implements Callable<Integer> {

    private static final String PREVIEW = "/api/v1/dead-letters/preview";
    private static final String REPLAY = "/api/v1/dead-letters/replay";

    /** What a preview says of letters that a replay would not take. */
    private static final Set<String> IN_VAIN = Set.of("blocked", "unreadable", "refused", "unknown");

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Dead letters by their numbers.")
    private List<Long> ids = new ArrayList<>();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those of this topic.")
    @Nullable
    String topic;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Only those with this text in their reason.")
    @Nullable
    String reason;

    @Option(names = "--preview", description = "Tell only what each would do.")
    boolean preview;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;
    private final Settings settings;

    ReplayVerb(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (!ids.isEmpty() && (topic != null || reason != null)) {
            throw new Failure(Exit.USAGE, "Name dead letters either by their numbers or by --topic and --reason.");
        }
        Instance purser = connection.open(settings);
        ArrayNode foreseen = ask(purser, PREVIEW, selection());
        if (!common.json) {
            show(foreseen);
        }
        if (preview || foreseen.isEmpty()) {
            return answer(foreseen);
        }
        if (isDeclined()) {
            terminal.err().println("Nothing was replayed.");
            return Exit.DONE.code();
        }
        // Those that were shown, whatever came in meanwhile.
        ArrayNode done = ask(purser, REPLAY, selectionOf(foreseen));
        if (!common.json) {
            show(done);
        }
        return answer(done);
    }

    private int answer(ArrayNode items) {
        boolean vain = false;
        for (JsonNode item : items) {
            vain |= IN_VAIN.contains(item.path("result").asText());
        }
        if (common.json) {
            terminal.print(JsonNodeFactory.instance.objectNode().set("items", items));
        }
        return (vain ? Exit.REJECTIONS : Exit.DONE).code();
    }

    private ObjectNode selection() {
        ObjectNode selection = JsonNodeFactory.instance.objectNode();
        if (!ids.isEmpty()) {
            ids.forEach(selection.putArray("ids")::add);
            return selection;
        }
        selection.putObject("filter").put("topic", topic).put("reason", reason);
        return selection;
    }

    private static ObjectNode selectionOf(ArrayNode items) {
        ObjectNode selection = JsonNodeFactory.instance.objectNode();
        ArrayNode numbers = selection.putArray("ids");
        items.forEach(item -> numbers.add(item.path("id").asLong()));
        return selection;
    }

    private static ArrayNode ask(Instance purser, String path, ObjectNode selection) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        JsonNode page;
        do {
            page = purser.post(path, selection);
            page.path("items").forEach(items::add);
            selection.set("cursor", page.path("next"));
        } while (page.path("next").isTextual());
        return items;
    }

    private void show(ArrayNode items) {
        if (items.isEmpty()) {
            terminal.out().println("No dead letters.");
            return;
        }
        Table table = new Table(" letter", "", "");
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode item : items) {
            String result = item.path("result").asText().replace('_', ' ');
            counts.merge(result, 1, Integer::sum);
            table.row(item.path("id").asText(), result, item.path("message").asText());
        }
        terminal.out().print(table);
        terminal.out()
                .println(counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ")));
    }

    private boolean isDeclined() {
        return !yes && !common.json && terminal.screen() && !terminal.isAgreed("Replay these?");
    }
}
