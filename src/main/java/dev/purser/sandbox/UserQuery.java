package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code user-query}: one table, read when some field is null, else written. */
final class UserQuery {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "accounts",
            Set.of("account_id", "email_address", "first_name", "last_name", "balance", "groups", "name"),
            "purchases",
            Set.of(
                    "id",
                    "account_id",
                    "time",
                    "cost",
                    "period_start",
                    "period_end",
                    "cost_per_hour",
                    "cost_so_far",
                    "service",
                    "description",
                    "invoice_id",
                    "project_id",
                    "notes",
                    "tag",
                    "pending"),
            "projects",
            Set.of("project_id", "title", "site_license", "last_edited", "users", "state"),
            "listings",
            Set.of("project_id", "path", "listing", "time", "watch", "error", "missing"));

    private final Tables tables;
    private final Accounts accounts;
    private final Ledger ledger;
    private final Licenses licenses;

    UserQuery(Tables tables, Accounts accounts, Ledger ledger, Licenses licenses) {
        this.tables = tables;
        this.accounts = accounts;
        this.ledger = ledger;
        this.licenses = licenses;
    }

    JsonNode answer(Call call) {
        JsonNode query = call.param("query");
        if (Json.absent(query)) {
            throw new Thrown("Cannot read properties of undefined (reading 'undefined')");
        }
        if (!query.isObject() || query.size() != 1) {
            throw new Thrown("FATAL: must specify exactly one key in the query");
        }
        String table = query.fieldNames().next();
        JsonNode wish = query.path(table);
        boolean list = wish.isArray();
        JsonNode one = list ? wish.path(0) : wish;
        boolean get = list || hasNull(one);
        if (call.caller() == null) {
            throw new Thrown(
                    "FATAL: anonymous " + (get ? "get" : "set") + " queries not allowed for table '" + table + "'");
        }
        ObjectNode answer = Json.object();
        if (!get) {
            set(call.caller(), table, one);
            return Json.object().set("query", answer);
        }
        List<ObjectNode> rows = rows(call.caller(), table, one);
        if (list) {
            ArrayNode all = answer.putArray(table);
            rows.forEach(all::add);
        } else if (!rows.isEmpty()) {
            answer.set(table, rows.get(0));
        }
        return Json.object().set("query", answer);
    }

    private static boolean hasNull(JsonNode node) {
        for (JsonNode field : node) {
            if (field.isNull() || field.isContainerNode() && hasNull(field)) {
                return true;
            }
        }
        return false;
    }

    private List<ObjectNode> rows(String caller, String table, JsonNode wish) {
        if (table.equals("manager_site_licenses")) {
            return licenses.managedBy(caller).map(Licenses::asTable).toList();
        }
        Set<String> fields = FIELDS.get(table);
        if (fields == null) {
            throw new Thrown("FATAL: get queries not allowed for table '" + table + "'");
        }
        wish.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw new Thrown("FATAL: user get query not allowed for " + table + "." + field);
            }
        });
        List<ObjectNode> rows = new ArrayList<>();
        source(caller, table, wish).filter(row -> matches(row, wish)).forEach(row -> {
            ObjectNode chosen = Json.object();
            wish.fieldNames().forEachRemaining(field -> {
                if (!Json.absent(row.path(field))) {
                    chosen.set(field, row.path(field));
                }
            });
            rows.add(chosen);
        });
        return rows;
    }

    private Stream<ObjectNode> source(String caller, String table, JsonNode wish) {
        return switch (table) {
            case "accounts" -> tables.accounts.find(caller).map(this::account).stream();
            case "purchases" -> tables.purchases.of(caller).stream();
            case "projects" ->
                tables.projects.all().stream().filter(project -> Projects.isCollaborator(project, caller));
            default -> listings(caller, wish.path("project_id").asText());
        };
    }

    private ObjectNode account(ObjectNode row) {
        String id = row.path("id").asText();
        return row.deepCopy()
                .put("account_id", id)
                .<ObjectNode>set("email_address", row.path("email"))
                .set("balance", Numbers.real(ledger.balance(id)));
    }

    private Stream<ObjectNode> listings(String caller, String id) {
        @Nullable ObjectNode project = tables.projects.find(id).orElse(null);
        if (!accounts.isIn(caller, "admin") && (project == null || !Projects.isCollaborator(project, caller))) {
            throw new Thrown("FATAL: you do not have read access to this project -- account_id=" + caller
                    + ", project_id_=undefined");
        }
        List<ObjectNode> rows = new ArrayList<>();
        if (project != null) {
            project.path("listings")
                    .fields()
                    .forEachRemaining(entry -> rows.add(Json.object()
                            .put("project_id", id)
                            .put("path", entry.getKey())
                            .<ObjectNode>set("listing", entry.getValue())
                            .set("time", project.path("listed"))));
        }
        return rows.stream();
    }

    private static boolean matches(ObjectNode row, JsonNode wish) {
        for (var fields = wish.fields(); fields.hasNext(); ) {
            var field = fields.next();
            if (!field.getValue().isNull()
                    && !row.path(field.getKey())
                            .asText()
                            .equals(field.getValue().asText())) {
                return false;
            }
        }
        return true;
    }

    private void set(String caller, String table, JsonNode wish) {
        switch (table) {
            case "accounts" ->
                tables.accounts.find(caller).ifPresent(row -> {
                    ObjectNode changed = row.deepCopy();
                    for (String field : List.of("first_name", "last_name")) {
                        if (wish.has(field)) {
                            changed.set(field, wish.path(field));
                        }
                    }
                    tables.accounts.put(changed);
                });
            case "manager_site_licenses" -> licenses.change(caller, wish);
            case "projects" -> throw new Thrown("FATAL: user must be an admin");
            default -> throw new Thrown("FATAL: set queries not allowed for table '" + table + "'");
        }
    }
}
