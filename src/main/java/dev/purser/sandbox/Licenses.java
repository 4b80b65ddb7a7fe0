package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code licenses/*}: what a manager sees, and what anyone sees. */
final class Licenses {
    private static final List<String> MANAGED = List.of(
            "id",
            "title",
            "description",
            "expires",
            "activates",
            "last_used",
            "created",
            "managers",
            "upgrades",
            "quota",
            "run_limit",
            "info");
    private static final List<String> MANAGER = List.of(
            "id",
            "title",
            "description",
            "expires",
            "activates",
            "last_used",
            "managers",
            "upgrades",
            "quota",
            "run_limit",
            "info",
            "subscription_id");
    private static final List<String> ANYONE =
            List.of("title", "expires", "activates", "upgrades", "quota", "run_limit");

    private final Tables tables;

    Licenses(Tables tables) {
        this.tables = tables;
    }

    JsonNode getManaged(Call call) {
        ArrayNode list = Json.array();
        if (call.caller() == null) {
            return list;
        }
        long limit = bounded(call, "limit");
        long skip = bounded(call, "skip");
        managedBy(call.caller())
                .sorted(Comparator.comparingLong(
                        (ObjectNode license) -> -license.path("created").asLong()))
                .skip(skip)
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .forEach(license -> list.add(Purchases.columns(license, MANAGED).put("is_manager", true)));
        return list;
    }

    private static long bounded(Call call, String name) {
        String text = call.text(name);
        long value = text == null ? 0 : Pg.integer(text, "bigint");
        if (value < 0) {
            throw new Thrown((name.equals("skip") ? "OFFSET" : "LIMIT") + " must not be negative");
        }
        return value;
    }

    JsonNode getLicense(Call call) {
        if (call.bent().databaseDown()) {
            throw new Thrown("connect ECONNREFUSED 127.0.0.1:5432");
        }
        String id = call.text("license_id");
        if (id == null) {
            return bySubscription(call);
        }
        ObjectNode license =
                tables.licenses.find(Pg.uuid(id)).orElseThrow(() -> new Thrown("no license with id " + id));
        return isManager(license, call.caller())
                ? asManager(license)
                : Purchases.columns(license, ANYONE).put("is_manager", false);
    }

    private JsonNode bySubscription(Call call) {
        String id = call.text("subscription_id");
        if (id == null) {
            throw new Thrown("license_id or subscription_id must be specified");
        }
        long subscription = Pg.integer(id, "integer");
        return tables.licenses.all().stream()
                .filter(license ->
                        license.path("subscription_id").asLong(-1) == subscription && isManager(license, call.caller()))
                .findFirst()
                .map(Licenses::asManager)
                .orElseThrow(() ->
                        new Thrown("You are not the manager of any license with subscription id=" + subscription));
    }

    private static ObjectNode asManager(ObjectNode license) {
        return Purchases.columns(license, MANAGER).put("is_manager", true).put("number_running", 0);
    }

    JsonNode getProjects(Call call) {
        String text = call.text("license_id");
        String id = text == null ? null : Pg.asUuid(text);
        if (id == null) {
            throw new Thrown("license_id must be a valid uuid");
        }
        String caller = call.signedIn("must be signed in as a manager of the license");
        if (!tables.licenses.find(id).map(license -> isManager(license, caller)).orElse(false)) {
            throw new Thrown("signed in user must be a manager of the license");
        }
        ArrayNode list = Json.array();
        tables.projects.all().stream()
                .filter(project -> project.path("site_license").has(id))
                .forEach(project -> list.add(Json.object()
                        .<ObjectNode>set("project_id", project.path("id"))
                        .<ObjectNode>set("title", project.path("title"))
                        .putNull("quota")
                        .<ObjectNode>set("collaborators", project.path("collaborators"))
                        .put("state", "opened")
                        .<ObjectNode>set("last_edited", project.path("last_edited"))));
        return list;
    }

    Stream<ObjectNode> managedBy(String account) {
        return tables.licenses.all().stream().filter(license -> isManager(license, account));
    }

    /** A manager may rename a license and hand it on, but must stay a manager. */
    void change(String caller, JsonNode wish) {
        ObjectNode license = tables.licenses
                .find(wish.path("id").asText())
                .filter(row -> isManager(row, caller))
                .orElseThrow(() -> new Thrown("user must be a manager of the license to change it"))
                .deepCopy();
        for (String field : List.of("title", "description", "managers")) {
            if (wish.has(field)) {
                license.set(field, wish.path(field));
            }
        }
        for (JsonNode manager : license.path("managers")) {
            if (Pg.asUuid(manager.asText()) == null) {
                throw new Thrown("managers must be an array of valid uuid's");
            }
        }
        if (!isManager(license, caller)) {
            throw new Thrown("you must be a manager of the license");
        }
        tables.licenses.put(license);
    }

    /** The same rows as {@code user-query} shows them: all columns, times as text. */
    static ObjectNode asTable(ObjectNode license) {
        ObjectNode row = Json.object();
        for (String column : List.of("id", "title", "description", "info")) {
            row.set(column, license.path(column));
        }
        for (String column : List.of("expires", "activates", "created")) {
            row.put(column, Dates.iso(Instant.ofEpochMilli(license.path(column).asLong())));
        }
        return row.putNull("last_used")
                .<ObjectNode>set("managers", license.path("managers"))
                .putNull("restricted")
                .putNull("upgrades")
                .<ObjectNode>set("quota", license.path("quota"))
                .<ObjectNode>set("run_limit", license.path("run_limit"))
                .putNull("apply_limit")
                .putNull("voucher_code")
                .set("subscription_id", license.path("subscription_id"));
    }

    static boolean isManager(ObjectNode license, @Nullable String caller) {
        for (JsonNode manager : license.path("managers")) {
            if (manager.asText().equals(caller)) {
                return true;
            }
        }
        return false;
    }
}
