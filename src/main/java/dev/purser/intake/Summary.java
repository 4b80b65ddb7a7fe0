package dev.purser.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A file's summary: the counts of reading it, which foot and stay, and how its accepted orders stand. */
final class Summary {

    private final Map<ResultRow.Status, Long> outcomes = new EnumMap<>(ResultRow.Status.class);
    private long conflicts;

    /** @param possible what can become of an accepted row */
    Summary(Set<ResultRow.Status> possible) {
        possible.forEach(status -> outcomes.put(status, 0L));
    }

    void add(ResultRow row) {
        if (row.verdict().status() == Verdict.Status.ACCEPTED) {
            outcomes.merge(row.status(), 1L, Long::sum);
        }
        if ("conflict".equals(row.verdict().code())) {
            conflicts++;
        }
    }

    /** {@code accepted} is the sum of the outcomes. @param unread bytes that came when the file had been read */
    String json(ImportView file, boolean complete, long unread) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("file", file.fileName())
                .put("import", file.id())
                .put("sha256", file.sha256())
                .put("repeats_import", file.repeats())
                .put("rows", file.rows())
                .put("accepted", file.accepted())
                .put("duplicate", file.duplicate())
                .put("rejected", file.rejected())
                .put("conflicts", conflicts)
                .put("complete", complete)
                .put("received_at", file.receivedAt().toString());
        if (unread > 0) {
            json.put("unread_bytes", unread);
        }
        ObjectNode counts = json.putObject("outcomes");
        outcomes.forEach((status, count) -> counts.put(status.name().toLowerCase(Locale.ROOT), count));
        return json.toPrettyString() + "\n";
    }
}
