package dev.purser.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.automation.Request;
import dev.purser.automation.Verb;
import dev.purser.kernel.event.EventReader;
import dev.purser.kernel.event.Flaw;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command as the cells of a row: the fields of its data are columns, and an empty cell is no field. */
final class CommandCells {

    static final String ID = "command_id";
    static final String VERB = "verb";
    static final List<String> REQUIRED = List.of(ID, VERB);

    private static final Set<String> NUMBERS = Set.of("limit", "skip", "timeout", "ttl");
    private static final Set<String> TEXTS = Set.of(
            "account_id",
            "project_id",
            "path",
            "command",
            "cutoff",
            "service",
            "order_id",
            "from",
            "to",
            "purchasing_account");
    private static final String DOCUMENT = "content";
    private static final String QUERY = "query";

    /** Whoever may drop orders must not approve them as well. */
    static final String NOT_FROM_A_FILE = Verb.ORDER_APPROVE.word();

    static final String WHY_NOT =
            "verb: whoever drops orders cannot approve them; an approver does it over HTTP, or a program by Kafka";

    private CommandCells() {}

    static boolean knows(String column) {
        return REQUIRED.contains(column)
                || NUMBERS.contains(column)
                || TEXTS.contains(column)
                || column.equals(DOCUMENT)
                || column.equals(QUERY);
    }

    /** @param cells by column name */
    static Request request(Map<String, String> cells, String source, Instant sentAt, long importId) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        cells.forEach((column, cell) -> {
            if (!cell.isBlank()) {
                put(data, column, cell);
            }
        });
        return new Request(
                cells.getOrDefault(ID, "").strip(),
                cells.getOrDefault(VERB, "").strip(),
                data,
                source,
                sentAt,
                importId);
    }

    private static void put(ObjectNode data, String column, String cell) {
        String text = cell.strip();
        if (NUMBERS.contains(column) && text.matches("-?[0-9]{1,9}")) {
            data.put(column, Integer.parseInt(text));
        } else if (NUMBERS.contains(column) || TEXTS.contains(column)) {
            data.put(column, text);
        } else if (column.equals(DOCUMENT)) {
            data.put(column, cell);
        } else if (column.equals(QUERY)) {
            try {
                data.set(column, EventReader.tree(text));
            } catch (JsonProcessingException e) {
                data.put(column, text);
            }
        }
    }

    /** By column, as the sender of a file knows the fields. */
    static String sentence(List<Flaw> flaws) {
        return flaws.stream()
                .map(flaw -> flaw.pointer().replaceFirst("^/id$", "/" + ID).replaceFirst("^/(data/)?", "") + ": "
                        + flaw.message())
                .collect(Collectors.joining("; "));
    }

    static String columns() {
        return Stream.of(
                        REQUIRED.stream(),
                        TEXTS.stream().sorted(),
                        Stream.of(DOCUMENT, QUERY),
                        NUMBERS.stream().sorted())
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }
}
