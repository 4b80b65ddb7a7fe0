package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;

/** {@code purchases/get-subscriptions}, {@code get-live-subscriptions} and {@code cancel-subscription}. */
final class Subscriptions {
    private static final String SIGN_IN = "must be signed in";

    private final Tables tables;

    Subscriptions(Tables tables) {
        this.tables = tables;
    }

    JsonNode list(Call call) {
        List<ObjectNode> rows = tables.subscriptions.of(call.signedIn(SIGN_IN));
        String limit = call.text("limit");
        Collections.reverse(rows);
        ArrayNode list = Json.array();
        rows.stream()
                .limit(limit == null ? 100 : Math.max(0, Pg.integer(limit, "bigint")))
                .forEach(list::add);
        return list;
    }

    JsonNode live(Call call) {
        ArrayNode list = Json.array();
        tables.subscriptions.of(call.signedIn(SIGN_IN)).stream()
                .filter(row -> row.path("status").asText().equals("active"))
                .forEach(row -> list.add(Purchases.columns(row, List.of("id", "cost", "status"))));
        return list;
    }

    /** Says ok for any id, also for those of others, which it leaves alone. */
    JsonNode cancel(Call call) {
        String account = call.signedIn(SIGN_IN);
        tables.subscriptions
                .find(String.valueOf(call.text("subscription_id")))
                .filter(row -> row.path("account_id").asText().equals(account))
                .ifPresent(row -> tables.subscriptions.put(row.deepCopy().put("status", "canceled")));
        return Json.object().put("status", "ok");
    }
}
