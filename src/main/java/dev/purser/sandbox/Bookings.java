package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/** Ledger lines that no order asked for. */
final class Bookings {
    private static final String BY_HAND = """
            {"type":"quota","user":"business","ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short","boost":false,\
            "run_limit":1,"period":"monthly","title":"bought by hand"}""";

    private final World world;

    Bookings(World world) {
        this.world = world;
    }

    JsonNode book(JsonNode wish) {
        String account = world.accounts()
                .named(wish.path("account").asText())
                .map(row -> row.path("id").asText())
                .orElseThrow(
                        () -> new Thrown("no account " + wish.path("account").asText()));
        Instant time = wish.has("time")
                ? Instant.parse(wish.path("time").asText())
                : world.tables().now();
        double cost = wish.path("cost").asDouble(10);
        ObjectNode row =
                switch (wish.path("kind").asText("manual")) {
                    case "manual" -> byHand(account, time, wish);
                    case "credit" -> plain(account, time, wish, "credit", -Math.abs(cost));
                    case "refund" -> plain(account, time, wish, "refund", -Math.abs(cost));
                    case "renewal" -> renewal(account, time, wish, cost);
                    case "metered" -> metered(account, time, wish, cost);
                    default -> throw new Thrown("kind is one of manual, credit, refund, renewal, metered");
                };
        return row;
    }

    private ObjectNode byHand(String account, Instant time, JsonNode wish) {
        JsonNode description = wish.path("description").isObject()
                ? wish.path("description")
                : Objects.requireNonNull(Json.parse(BY_HAND));
        world.carts().insert(account, "site-license", Json.jsonb(description), null);
        ObjectNode item = world.carts().look(account).get(0).deepCopy();
        ObjectNode cost = Prices.cost(item, BigDecimal.ONE);
        item.set("cost", cost);
        item.set(
                "lineItemAmount",
                wish.has("cost") ? Numbers.js(wish.path("cost").asDouble()) : cost.path("cost"));
        world.sales().sell(account, item, time, 0);
        var rows = world.tables().purchases.of(account);
        return rows.get(rows.size() - 1);
    }

    private ObjectNode plain(String account, Instant time, JsonNode wish, String service, double cost) {
        return world.ledger().book(account, time, service, cost, null, null, description(wish, service), notes(wish));
    }

    /** From now on until one interval after the end that the license had, as CoCalc renews. */
    private ObjectNode renewal(String account, Instant time, JsonNode wish, double cost) {
        ObjectNode description = description(wish, "edit-license");
        Optional<ObjectNode> license =
                world.tables().licenses.find(wish.path("license_id").asText());
        Optional<ObjectNode> subscription = world.tables().subscriptions.all().stream()
                .filter(row -> wish.hasNonNull("license_id")
                        && row.at("/metadata/license_id").equals(wish.path("license_id")))
                .findFirst();
        boolean yearly = subscription
                .filter(row -> row.path("interval").asText().equals("year"))
                .isPresent();
        Instant end = license.filter(row -> row.path("expires").isIntegralNumber())
                .map(row -> Instant.ofEpochMilli(row.path("expires").longValue()))
                .orElse(time)
                .atZone(ZoneOffset.UTC)
                .plusMonths(yearly ? 12 : 1)
                .toInstant();
        if (wish.hasNonNull("license_id")) {
            description.set("license_id", wish.path("license_id"));
        }
        license.ifPresent(row -> world.tables().licenses.put(row.deepCopy().put("expires", end.toEpochMilli())));
        subscription.ifPresent(
                row -> world.tables().subscriptions.put(row.deepCopy().put("current_period_end", Dates.iso(end))));
        return world.ledger()
                .book(account, time, "edit-license", cost, Dates.iso(time), Dates.iso(end), description, notes(wish));
    }

    private ObjectNode metered(String account, Instant time, JsonNode wish, double cost) {
        String service = wish.path("service").asText("compute-server");
        ObjectNode row = Json.object()
                .put("id", world.tables().purchases.nextId())
                .put("account_id", account)
                .put("time", Dates.iso(time))
                .putNull("cost")
                .put("period_start", Dates.iso(time))
                .putNull("period_end")
                .putNull("cost_per_hour")
                .<ObjectNode>set("cost_so_far", Numbers.real((float) cost))
                .put("service", service)
                .<ObjectNode>set("description", description(wish, service))
                .putNull("invoice_id")
                .<ObjectNode>set("project_id", wish.path("project_id"))
                .put("notes", notes(wish));
        return world.ledger().record(row);
    }

    private static ObjectNode description(JsonNode wish, String type) {
        ObjectNode description =
                wish.path("description").isObject() ? wish.path("description").deepCopy() : Json.object();
        return description.put("type", type);
    }

    private static String notes(JsonNode wish) {
        return wish.path("notes").asText("booked in the sandbox");
    }
}
