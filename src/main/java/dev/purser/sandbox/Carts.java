package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code shopping/cart/*}: an item is live until it is removed or purchased. */
final class Carts {
    static final String USE = "must be signed in to use shopping cart";
    private static final String LOOK = "must be signed in to get shopping cart information";

    private final Tables tables;
    private final Throttle throttle;

    Carts(Tables tables, Throttle throttle) {
        this.tables = tables;
        this.throttle = throttle;
    }

    JsonNode add(Call call) {
        String account = call.signedIn(USE);
        throttle.check(account, call.endpoint());
        if (call.has("id")) {
            if (!call.truthy("purchased")) {
                return putBack(account, call);
            }
            ObjectNode copied = item(account, call);
            insert(account, copied.path("product").asText(), copied.path("description"), null);
            return IntNode.valueOf(1);
        }
        if (!call.truthy("product")) {
            throw new Thrown("if id isn't specified then the product must be set");
        }
        JsonNode description = Dates.movedOnAdd(call.param("description"), tables.now());
        String project = call.text("project_id");
        insert(
                account,
                String.valueOf(call.text("product")),
                Pg.json(description),
                project == null || Pg.asUuid(project) == null ? null : project);
        return IntNode.valueOf(1);
    }

    void insert(String account, String product, JsonNode description, @Nullable String project) {
        tables.items.put(Json.object()
                .put("id", tables.items.nextId())
                .put("account_id", account)
                .put("added", Dates.iso(tables.now()))
                .put("checked", true)
                .putNull("removed")
                .putNull("purchased")
                .put("product", product)
                .<ObjectNode>set("description", description)
                .put("project_id", project));
    }

    private JsonNode putBack(String account, Call call) {
        return change(
                find(account, call)
                        .filter(item -> item.hasNonNull("removed")
                                && item.path("purchased").isNull()),
                item -> item.putNull("removed"));
    }

    JsonNode get(Call call) {
        String account = call.signedIn(LOOK);
        if (call.has("id")) {
            return item(account, call);
        }
        boolean purchased = call.truthy("purchased");
        boolean removed = call.truthy("removed");
        return purchased || removed
                ? list(
                        account,
                        item -> item.hasNonNull("purchased") == purchased && item.hasNonNull("removed") == removed)
                : list(look(account));
    }

    /** The live items, newest first; looking moves ranges that have started, and saves that. */
    List<ObjectNode> look(String account) {
        Instant now = tables.now();
        List<ObjectNode> live = new ArrayList<>();
        for (ObjectNode item : tables.items.of(account)) {
            if (isLive(item)) {
                JsonNode moved = Dates.movedOnLook(item.path("description"), now);
                ObjectNode seen = item;
                if (moved != item.path("description")) {
                    seen = item.deepCopy();
                    seen.set("description", moved);
                    tables.items.put(seen);
                }
                live.add(seen);
            }
        }
        Collections.reverse(live);
        return live;
    }

    JsonNode checked(Call call) {
        String account = call.signedIn(LOOK);
        String word = call.text("checked");
        Boolean checked = word == null ? null : Pg.bool(word);
        List<ObjectNode> chosen = call.has("id") ? find(account, call).stream().toList() : tables.items.of(account);
        int changed = 0;
        for (ObjectNode item : chosen) {
            if (isLive(item)) {
                tables.items.put(item.deepCopy().put("checked", checked));
                changed++;
            }
        }
        return IntNode.valueOf(changed);
    }

    JsonNode remove(Call call) {
        String account = call.signedIn(LOOK);
        return change(find(account, call).filter(Carts::isLive), item -> item.put("removed", Dates.iso(tables.now())));
    }

    JsonNode delete(Call call) {
        String account = call.signedIn(LOOK);
        Optional<ObjectNode> item =
                find(account, call).filter(found -> found.path("purchased").isNull());
        item.ifPresent(tables.items::delete);
        return IntNode.valueOf(item.isPresent() ? 1 : 0);
    }

    JsonNode edit(Call call) {
        String account = call.signedIn(USE);
        boolean product = call.has("product");
        boolean description = call.has("description");
        if (!product && !description) {
            return IntNode.valueOf(0);
        }
        JsonNode stored = description ? Pg.json(call.param("description")) : NullNode.getInstance();
        return change(find(account, call).filter(Carts::isLive), item -> {
            if (product) {
                item.put("product", call.text("product"));
            }
            if (description) {
                item.set("description", stored);
            }
        });
    }

    JsonNode recentPurchases(Call call) {
        String account = call.signedIn(LOOK);
        String recent = call.text("recent");
        String since = Dates.iso(tables.now().minus(Pg.interval(recent == null ? "1 week" : recent)));
        return list(tables.items.of(account).stream()
                .filter(item -> item.path("purchased").path("time").asText().compareTo(since) >= 0)
                .sorted(Comparator.comparing(
                        (ObjectNode item) -> item.path("purchased").path("time").asText(), Comparator.reverseOrder()))
                .toList());
    }

    static boolean isLive(ObjectNode item) {
        return item.path("removed").isNull() && item.path("purchased").isNull();
    }

    private ObjectNode item(String account, Call call) {
        return find(account, call)
                .orElseThrow(
                        () -> new Thrown("no item with id " + call.param("id").asText()));
    }

    private Optional<ObjectNode> find(String account, Call call) {
        String id = call.text("id");
        return id == null
                ? Optional.empty()
                : tables.items
                        .find(String.valueOf(Pg.integer(id, "integer")))
                        .filter(item -> item.path("account_id").asText().equals(account));
    }

    private JsonNode change(Optional<ObjectNode> item, Consumer<ObjectNode> how) {
        item.ifPresent(found -> {
            ObjectNode changed = found.deepCopy();
            how.accept(changed);
            tables.items.put(changed);
        });
        return IntNode.valueOf(item.isPresent() ? 1 : 0);
    }

    private JsonNode list(String account, Predicate<ObjectNode> which) {
        List<ObjectNode> items =
                new ArrayList<>(tables.items.of(account).stream().filter(which).toList());
        Collections.reverse(items);
        return list(items);
    }

    private static JsonNode list(List<ObjectNode> items) {
        ArrayNode list = Json.array();
        return list.addAll(items);
    }
}
