package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoints by name, and how one call runs: off the event loop, in one transaction, only a checkout in two. */
final class Api {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());
    private static final String CHECKOUT = "purchases/shopping-cart-checkout";
    private static final String PLAIN_ITEM = """
            {"type":"quota","user":"business","ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short","boost":false,\
            "run_limit":1,"period":"monthly","title":"not yours"}""";

    private final Vertx vertx;
    private final World world;
    private final Map<String, Function<Call, JsonNode>> endpoints;

    Api(Vertx vertx, World world) {
        this.vertx = vertx;
        this.world = world;
        endpoints = Map.ofEntries(
                Map.entry("accounts/get-email-address", world.accounts()::emailAddress),
                Map.entry("user-query", world.userQuery()::answer),
                Map.entry("shopping/cart/add", world.carts()::add),
                Map.entry("shopping/cart/get", world.carts()::get),
                Map.entry("shopping/cart/checked", world.carts()::checked),
                Map.entry("shopping/cart/remove", world.carts()::remove),
                Map.entry("shopping/cart/delete", world.carts()::delete),
                Map.entry("shopping/cart/edit", world.carts()::edit),
                Map.entry("shopping/cart/recent-purchases", world.carts()::recentPurchases),
                Map.entry("purchases/get-shopping-cart-checkout-params", world.checkout()::params),
                Map.entry(CHECKOUT, call -> world.checkout()
                        .commit(world.checkout().read(call))),
                Map.entry("purchases/get-purchases", world.purchases()::getPurchases),
                Map.entry("purchases/get-balance", world.purchases()::getBalance),
                Map.entry("purchases/get-subscriptions", world.subscriptions()::list),
                Map.entry("purchases/get-live-subscriptions", world.subscriptions()::live),
                Map.entry("purchases/cancel-subscription", world.subscriptions()::cancel),
                Map.entry("licenses/get-managed", world.licenses()::getManaged),
                Map.entry("licenses/get-license", world.licenses()::getLicense),
                Map.entry("licenses/get-projects-with-license", world.licenses()::getProjects),
                Map.entry("projects/stop", world.projects()::stop),
                Map.entry("latex", world.projects()::latex));
    }

    boolean has(String endpoint) {
        return endpoints.containsKey(endpoint);
    }

    /** A call that has arrived and been struck by its faults, and may now run, once or twice. */
    record Arrived(Call call, @Nullable Fault onTheWire) {}

    Future<Arrived> arrive(String endpoint, @Nullable String authorization, ObjectNode params) {
        return work(() -> world.tables().inTransaction(() -> {
            String caller = world.accounts().caller(authorization);
            world.tally().called(caller, endpoint);
            Faults.Struck struck = world.faults().strike(endpoint, caller);
            if (caller != null) {
                struck.bent().faults().forEach(fault -> meddle(fault, caller));
            }
            // asked again: the key may just have been revoked
            String signedIn =
                    struck.bent().databaseDown() ? null : world.accounts().caller(authorization);
            return new Arrived(new Call(endpoint, signedIn, params, struck.bent()), struck.onTheWire());
        }));
    }

    private void meddle(Fault fault, String caller) {
        boolean poison =
                fault.kind() == Fault.Kind.POISON_ITEM && !fault.params().has("match");
        if (fault.kind() == Fault.Kind.REVOKE_KEY) {
            world.accounts().revokeKeys(caller, true);
        } else if (poison || fault.kind() == Fault.Kind.FOREIGN_ITEM) {
            JsonNode description = fault.params().path("description");
            if (description.isMissingNode()) {
                ObjectNode plain = (ObjectNode) Objects.requireNonNull(Json.parse(PLAIN_ITEM));
                description = poison ? plain.put("ram", -1) : plain;
            }
            world.carts().insert(caller, "site-license", Json.jsonb(description), null);
        }
    }

    Future<Answer> run(Call call) {
        return call.endpoint().equals(CHECKOUT)
                ? checkout(call)
                : work(() -> answer(() ->
                        Objects.requireNonNull(endpoints.get(call.endpoint())).apply(call)));
    }

    private Future<Answer> checkout(Call call) {
        String who = call.caller() == null ? "anonymous" : call.caller();
        world.tally().checkoutBegins(who);
        return work(() -> world.tables().inTransaction(() -> world.checkout().read(call)))
                .compose(basket -> pause(world.pace().checkoutMillis())
                        .compose(
                                done -> work(() -> answer(() -> world.checkout().commit(basket)))))
                .recover(failure -> failure instanceof Thrown thrown
                        ? Future.succeededFuture(Answer.error(thrown.text()))
                        : Future.failedFuture(failure))
                .onComplete(done -> world.tally().checkoutEnds(who));
    }

    private Answer answer(Callable<JsonNode> endpoint) {
        return world.tables().inTransaction(() -> {
            try {
                return Answer.json(Json.write(endpoint.call()));
            } catch (Thrown thrown) {
                return Answer.error(thrown.text());
            } catch (Exception bug) {
                LOG.log(System.Logger.Level.ERROR, "the sandbox failed", bug);
                return Answer.text(500, "text/plain; charset=utf-8", "the sandbox failed: " + bug);
            }
        });
    }

    <T> Future<T> work(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }

    Future<Void> pause(long millis) {
        return millis <= 0
                ? Future.succeededFuture()
                : vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
    }
}
