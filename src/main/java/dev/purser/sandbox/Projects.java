package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code projects/stop} and {@code latex}. Refusals are as recorded, the rest is made up, see the package's description. */
final class Projects {
    private static final String BLOBS = "https://sandbox.invalid/blobs/";
    private static final int NO_INPUT = 11;
    private static final int ERRORS = 12;

    private final Tables tables;

    Projects(Tables tables) {
        this.tables = tables;
    }

    static boolean isCollaborator(ObjectNode project, @Nullable String caller) {
        for (JsonNode collaborator : project.path("collaborators")) {
            if (collaborator.asText().equals(caller)) {
                return true;
            }
        }
        return false;
    }

    JsonNode stop(Call call) {
        String id = Optional.ofNullable(call.text("project_id"))
                .map(Pg::asUuid)
                .orElseThrow(() -> new Thrown("project_id must be a valid uuid"));
        String caller = call.signedIn("must be signed in");
        ObjectNode project = tables.projects
                .find(id)
                .filter(known -> isCollaborator(known, caller))
                .orElseThrow(() -> new Thrown("must be a collaborator to stop project"));
        tables.projects.put(inState(project, "opened"));
        return Json.object().put("status", "ok");
    }

    JsonNode latex(Call call) {
        String path = call.text("path");
        if (path == null || !path.endsWith(".tex")) {
            throw new Thrown("path must be specified and end in .tex");
        }
        String caller = call.signedIn("must be authenticated");
        ObjectNode project = inState(call.has("project_id") ? project(call, caller) : latestOf(caller), "running");
        String content = call.text("content");
        if (content != null && !path.startsWith("/tmp")) {
            project.withObject("/files").put(path, content);
        }
        tables.projects.put(project);
        String pdf = path.substring(0, path.length() - ".tex".length()) + ".pdf";
        String document = content == null ? project.path("files").path(path).textValue() : content;
        return document == null
                ? failed(NO_INPUT, "Latexmk: Could not find file '" + path + "'.", pdf)
                : compiled(document, pdf);
    }

    private ObjectNode project(Call call, String caller) {
        String id = Optional.ofNullable(call.text("project_id"))
                .map(Pg::asUuid)
                .orElseThrow(() -> new Thrown("invalid account_id or project_id -- all must be valid uuid's"));
        return tables.projects
                .find(id)
                .filter(known -> isCollaborator(known, caller))
                .map(ObjectNode::deepCopy)
                .orElseThrow(() -> new Thrown("must be signed in as a collaborator on the project"));
    }

    private ObjectNode latestOf(String caller) {
        return tables.projects.all().stream()
                .filter(project -> isCollaborator(project, caller))
                .reduce((earlier, later) -> later)
                .map(ObjectNode::deepCopy)
                .orElseGet(() -> {
                    String id = UUID.randomUUID().toString();
                    ObjectNode made =
                            Json.object().put("id", id).put("project_id", id).put("title", "Untitled");
                    made.putArray("collaborators").add(caller);
                    return made;
                });
    }

    private ObjectNode inState(ObjectNode project, String state) {
        ObjectNode changed = project.deepCopy();
        changed.putObject("state").put("state", state).put("time", Dates.iso(tables.now()));
        return changed;
    }

    private static ObjectNode compiled(String document, String pdf) {
        if (!document.contains("\\begin{document}") || !document.contains("\\end{document}")) {
            return failed(ERRORS, "! LaTeX Error: Missing \\begin{document}.", pdf);
        }
        if (document.contains("\\undefined")) {
            return failed(ERRORS, "! Undefined control sequence.\nl.3 \\undefined", pdf);
        }
        String blob = UUID.nameUUIDFromBytes(document.getBytes(StandardCharsets.UTF_8))
                .toString();
        ObjectNode answer = Json.object();
        answer.set("compile", printed(0, "Latexmk: All targets (" + pdf + ") are up-to-date"));
        answer.put("url", BLOBS + pdf + "?uuid=" + blob);
        answer.putObject("pdf").put("data_uuid", blob);
        return answer;
    }

    private static ObjectNode failed(int exitCode, String log, String pdf) {
        ObjectNode answer = Json.object();
        answer.set("compile", printed(exitCode, log));
        return answer.put("error", "ENOENT: no such file or directory, stat '" + pdf + "'");
    }

    private static ObjectNode printed(int exitCode, String log) {
        return Json.object().put("stdout", log).put("stderr", "").put("exit_code", exitCode);
    }
}
