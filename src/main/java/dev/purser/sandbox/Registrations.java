package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Accounts and projects as the control calls make them. What is registered again is changed, its balance is not. */
final class Registrations {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final World world;
    private final Tables tables;
    private final SecureRandom random = new SecureRandom();

    Registrations(World world) {
        this.world = world;
        this.tables = world.tables();
    }

    JsonNode account(JsonNode wish) {
        Optional<ObjectNode> known = known(wish);
        String id = known.map(row -> row.path("id").asText())
                .or(() -> Optional.ofNullable(Pg.asUuid(wish.path("account_id").asText())))
                .orElseGet(() -> UUID.randomUUID().toString());
        String name =
                wish.path("name").asText("account-" + (tables.accounts.all().size() + 1));
        ObjectNode account = known.map(ObjectNode::deepCopy).orElseGet(() -> Json.object()
                .put("id", id)
                .put("name", name)
                .put("email", name + "@example.com")
                .<ObjectNode>set("groups", Json.array())
                .put("first_name", name)
                .put("last_name", "Sandbox"));
        for (String field : List.of("name", "email", "groups", "banned", "first_name", "last_name")) {
            if (wish.has(field)) {
                account.set(field, wish.path(field));
            }
        }
        tables.accounts.put(account);
        keys(id, wish, known.isPresent());
        double balance = wish.path("balance").asDouble(0);
        if (known.isEmpty() && balance != 0) {
            Instant now = tables.now();
            ObjectNode credit = Json.object().put("type", "credit");
            world.ledger().book(id, now, "credit", -balance, null, null, credit, "seed credit");
        }
        return asJson(account);
    }

    private Optional<ObjectNode> known(JsonNode wish) {
        return wish.hasNonNull("account_id")
                ? tables.accounts.find(Pg.uuid(wish.path("account_id").asText()))
                : Optional.of(wish.path("name").asText())
                        .filter(name -> !name.isEmpty())
                        .flatMap(world.accounts()::named);
    }

    private void keys(String account, JsonNode wish, boolean known) {
        if (wish.hasNonNull("key")) {
            tables.keys.of(account).forEach(tables.keys::delete);
            key(account, wish.path("key").asText());
        } else if (!known && !wish.has("key")) {
            key(account, newKey());
        }
        if (wish.hasNonNull("legacy_key")) {
            key(account, wish.path("legacy_key").asText());
        }
    }

    private void key(String owner, String key) {
        tables.keys.put(Json.object().put("id", key).put("account_id", owner));
    }

    private String newKey() {
        return random.ints(22, 0, BASE62.length())
                .mapToObj(index -> BASE62.substring(index, index + 1))
                .collect(Collectors.joining("", "sk-", ""));
    }

    JsonNode project(JsonNode wish) {
        String id = wish.hasNonNull("project_id")
                ? Pg.uuid(wish.path("project_id").asText())
                : UUID.randomUUID().toString();
        ObjectNode project = tables.projects.find(id).map(ObjectNode::deepCopy).orElseGet(() -> Json.object()
                .put("id", id)
                .put("project_id", id)
                .put("title", "Untitled")
                .<ObjectNode>set("collaborators", Json.array())
                .put("last_edited", tables.now().toEpochMilli()));
        for (String field : List.of("title", "collaborators", "listings", "listed", "state", "files")) {
            if (wish.has(field)) {
                project.set(field, wish.path(field));
            }
        }
        tables.projects.put(project);
        if (wish.hasNonNull("key")) {
            key(id, wish.path("key").asText());
        }
        return project;
    }

    ObjectNode get(String nameOrId) {
        return world.accounts().named(nameOrId).orElseThrow(() -> new Thrown("no account " + nameOrId));
    }

    ObjectNode asJson(ObjectNode account) {
        String id = account.path("id").asText();
        ObjectNode shown = Json.object()
                .<ObjectNode>set("name", account.path("name"))
                .put("account_id", id)
                .<ObjectNode>set("email", account.path("email"))
                .<ObjectNode>set("groups", account.path("groups"))
                .set("balance", Numbers.real(world.ledger().balance(id)));
        List<ObjectNode> keys = tables.keys.of(id);
        return shown.put("key", keys.isEmpty() ? null : keys.get(0).path("id").asText());
    }
}
