package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What CoCalc last saw in one directory of a project, or in all of which it keeps a listing. */
record DirectoryList(UUID projectId, @Nullable String path) implements Deed {

    private static final int LONGEST_PATH = 4_096;
    private static final List<String> RECORDED = List.of("listing");
    /** In CoCalc's schema; no recording has them, so a CoCalc may refuse them. */
    private static final List<String> WITH_AGE = List.of("listing", "time", "missing");

    private static final String RIGHT =
            "Make the purchasing account a collaborator of the project; CoCalc says the same when there is no such project.";

    static @Nullable Deed read(Form form) {
        UUID projectId = form.required("project_id", form.uuid("project_id"), Form.UUID_HINT);
        String path = form.text("path", LONGEST_PATH);
        return projectId == null ? null : new DirectoryList(projectId, path == null ? null : stripped(path));
    }

    /** CoCalc writes paths without a slash at either end; the home directory is empty. */
    private static String stripped(String path) {
        String bare = path.replaceAll("^(\\./|/)+|/+$", "");
        return bare.equals(".") || bare.equals("~") ? "" : bare;
    }

    @Override
    public Tried perform(Bench bench) {
        Answer<JsonNode> answer = bench.cocalc().userQuery(query(WITH_AGE));
        if (answer instanceof Answer.Refused<JsonNode> no && no.refusal() == Refusal.BAD_REQUEST) {
            answer = bench.cocalc().userQuery(query(RECORDED));
        }
        return answer.fold(new Judgement<JsonNode>(bench.account(), RIGHT, query -> told(bench, query)));
    }

    private ObjectNode query(List<String> fields) {
        ObjectNode wish = Bench.object().put("project_id", projectId.toString());
        wish.put("path", path);
        fields.forEach(wish::putNull);
        ObjectNode query = Bench.object();
        if (path == null) {
            query.putArray("listings").add(wish);
        } else {
            query.set("listings", wish);
        }
        return query;
    }

    private Tried told(Bench bench, JsonNode query) {
        JsonNode listings = query.path("listings");
        ArrayNode rows =
                listings.isArray() ? (ArrayNode) listings : Bench.object().arrayNode();
        if (listings.isObject()) {
            rows.add(listings);
        }
        if (rows.isEmpty()) {
            return new Tried.Failed(
                    "not_listed",
                    "CoCalc keeps no listing of " + (path == null ? "this project" : "this directory")
                            + ": nobody has opened it yet, or it is not there. Open it once at CoCalc and send the command under"
                            + " a new id.");
        }
        ObjectNode result = Bench.object().put("project_id", projectId.toString());
        ArrayNode directories = result.putArray("directories");
        rows.forEach(row -> directories.add(directory(row, bench.now())));
        return new Tried.Done(result);
    }

    private ObjectNode directory(JsonNode row, Instant now) {
        ObjectNode directory = Bench.object().put("path", row.path("path").asText(path == null ? "" : path));
        ArrayNode entries = directory.putArray("entries");
        for (JsonNode entry : row.path("listing")) {
            entries.addObject()
                    .put("name", entry.path("name").asText())
                    .put("is_directory", entry.path("isdir").asBoolean(false))
                    .<ObjectNode>set("size", entry.path("size").isNumber() ? entry.path("size") : null)
                    .put("mtime", Told.seconds(entry.path("mtime")));
        }
        Instant listed = Told.instant(row.path("time"));
        directory
                .put("listed_at", listed == null ? null : listed.toString())
                .put(
                        "age_seconds",
                        listed == null
                                ? null
                                : Math.max(0, Duration.between(listed, now).toSeconds()))
                .put("missing", row.path("missing").asInt(0))
                .put(
                        "note",
                        listed == null
                                ? "CoCalc does not say when it made this listing; it does so while somebody has the directory open,"
                                        + " so what changed since the newest mtime may be lacking."
                                : "As of listed_at; CoCalc makes a listing only while somebody has the directory open.");
        return directory;
    }
}
