package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /_sandbox/*}: what rehearsals and tests set up and look at, see the package's description. */
final class Control {
    private final World world;
    private final Bookings bookings;
    private final Registrations registrations;

    Control(World world) {
        this.world = world;
        bookings = new Bookings(world);
        registrations = new Registrations(world);
    }

    Answer answer(String method, String path, @Nullable String query, String body) {
        JsonNode parsed = body.isBlank() ? Json.object() : Json.parse(body);
        if (parsed == null) {
            return refused("the body is not JSON");
        }
        String call = method + " " + path.substring("/_sandbox/".length());
        if (call.equals("GET ledger") && query != null && query.startsWith("only=")) {
            Set<String> parts = Set.of(query.substring("only=".length()).split(","));
            return Answer.json(200, world.tables().inTransaction(() -> ledger().retain(parts)));
        }
        try {
            return world.tables().inTransaction(() -> answer(call, parsed));
        } catch (Thrown thrown) {
            return refused(thrown.text());
        }
    }

    private Answer answer(String call, JsonNode body) {
        return switch (call) {
            case "POST accounts" -> each(body, registrations::account);
            case "POST projects" -> each(body, registrations::project);
            case "POST purchases" -> each(body, bookings::book);
            case "POST faults" -> each(body, this::fault);
            case "GET faults" -> Answer.json(200, world.faults().list());
            case "DELETE faults" -> Answer.json(200, heal());
            case "POST throttle" -> Answer.json(200, world.throttle().change(body));
            case "POST latency" -> Answer.json(200, world.pace().change(body));
            case "GET ledger" -> Answer.json(200, ledger());
            case "POST reset" -> {
                world.empty();
                yield Answer.json(200, Json.object());
            }
            default -> Answer.json(404, Json.object().put("error", "the sandbox has no " + call));
        };
    }

    /** One object or an array of them. */
    private static Answer each(JsonNode body, Function<JsonNode, JsonNode> one) {
        if (!body.isArray()) {
            return Answer.json(200, one.apply(body));
        }
        ArrayNode answers = Json.array();
        body.forEach(wish -> answers.add(one.apply(wish)));
        return Answer.json(200, answers);
    }

    private JsonNode fault(JsonNode wish) {
        Fault.Kind kind = Fault.Kind.named(wish.path("kind").asText())
                .orElseThrow(() ->
                        new Thrown("no such kind of fault: " + wish.path("kind").asText()));
        ObjectNode params = wish.path("params").isObject() ? wish.path("params").deepCopy() : Json.object();
        Optional<String> account = Optional.of(params.path("account").asText())
                .filter(name -> !name.isEmpty())
                .map(name -> registrations.get(name).path("id").asText());
        JsonNode count = wish.path("count");
        boolean forever = count.isNull() || count.isNumber() && count.asInt() <= 0;
        if (kind == Fault.Kind.REVOKE_KEY && account.isPresent()) {
            world.accounts().revokeKeys(account.get(), true);
            return Json.object().put("kind", "revoke_key").put("account", account.get());
        }
        String endpoint = wish.path("endpoint").asText("*");
        Fault fault = new Fault(endpoint, kind, account.orElse(null), forever ? null : count.asInt(1), params);
        world.faults().add(fault);
        return fault.toJson();
    }

    private JsonNode heal() {
        world.tables().accounts.all().forEach(account -> world.accounts()
                .revokeKeys(account.path("id").asText(), false));
        return Json.object().put("cleared", world.faults().clear());
    }

    private ObjectNode ledger() {
        ObjectNode ledger = Json.object();
        ArrayNode accounts = ledger.putArray("accounts");
        world.tables().accounts.all().forEach(account -> accounts.add(registrations.asJson(account)));
        ledger.putArray("cart_items").addAll(world.tables().items.all());
        ledger.putArray("purchases").addAll(world.tables().purchases.all());
        ledger.putArray("licenses").addAll(world.tables().licenses.all());
        ledger.putArray("subscriptions").addAll(world.tables().subscriptions.all());
        ledger.putArray("projects").addAll(world.tables().projects.all());
        world.tally().report(ledger);
        return ledger;
    }

    private static Answer refused(String text) {
        return Answer.json(400, Json.object().put("error", text));
    }
}
