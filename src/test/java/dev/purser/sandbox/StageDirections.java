package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happened between the recorded exchanges without being recorded. */
final class StageDirections {
    private static final Pattern SECONDS = Pattern.compile("t=(\\d+\\.\\d+)s");
    /** One call every 4.08 seconds, as far as the recorder's timer went. */
    private static final double SPACING = 4.0795;

    private static final String GET_PURCHASES = "purchases/get-purchases";
    private final SandboxClient client;
    private final MovableClock clock;
    private final Actors actors;
    private final LimitScenes limits;
    private Instant burst = Instant.EPOCH;

    StageDirections(SandboxClient client, MovableClock clock, List<Recording> recordings) {
        this.client = client;
        this.clock = clock;
        actors = new Actors(client);
        limits = new LimitScenes(actors, recordings);
        actors.cast();
    }

    void before(Recording recording) {
        clock.advance(Duration.ofMillis(20));
        String name = recording.name();
        if (LimitScenes.isOne(recording)) {
            limits.before(recording);
        } else if (name.startsWith("throttle.add.")) {
            throttle(recording);
        } else if (SCENES.containsKey(name)) {
            SCENES.get(name).accept(this, recording);
        }
    }

    void after(Recording recording, List<Recording> rest) {
        limits.after(recording, rest);
    }

    private void throttle(Recording recording) {
        String name = recording.name();
        if (name.equals("throttle.add.burst-0")) {
            client.control("POST", "throttle", "{}");
            burst = clock.instant();
        }
        switch (name) {
            case "throttle.add.paced-1" -> addAt(1.6);
            case "throttle.add.paced-6" -> addAt(3.9);
            case "throttle.add.paced-12" -> addAt(6.62);
            case "throttle.add.put-back-also-throttled" -> {
                addAt(8.0);
                at(8.05);
            }
            default -> {}
        }
        Matcher seconds = SECONDS.matcher(recording.note());
        if (seconds.find()) {
            at(Double.parseDouble(seconds.group(1)));
        }
    }

    private void at(double seconds) {
        clock.set(burst.plusMillis(Math.round(seconds * 1000)));
    }

    private void addAt(double seconds) {
        at(seconds);
        actors.add("THR", "site-license", Actors.ITEM.formatted("paced"), "");
    }

    private static JsonNode itemOf(Recording recording) {
        return Objects.requireNonNull(Json.parse(recording.answer()))
                .path("cart")
                .path(0)
                .path("description");
    }

    private static final Map<String, BiConsumer<StageDirections, Recording>> SCENES = Map.ofEntries(
            Map.entry(
                    "user-query.listings.hit",
                    (stage, recording) ->
                            stage.client.control("POST", "projects", """
                    {"project_id":"%s","listings":{"":[{"name":"a.ipynb","size":10,"mtime":1677111163.888},\
                    {"name":"sub","size":2,"isdir":true,"mtime":1677111163.1}]}}""".formatted(Actors.PARTNER_PROJECT))),
            Map.entry("cart.get.all", (stage, recording) -> {
                stage.actors.add(
                        "PARTNER",
                        "site-license",
                        Actors.ITEM.formatted("badproj"),
                        ",\"project_id\":\"not-a-project\"");
                stage.actors.add("PARTNER", "bananas", Actors.ITEM.formatted("Range title"), "");
            }),
            Map.entry(
                    "cart.edit.noauth",
                    (stage, recording) -> stage.client.callAs("sk-PARTNER", "shopping/cart/edit", recording.body())),
            Map.entry("checkout-params.nothing-checked", (stage, recording) -> stage.actors.tick()),
            Map.entry("checkout-params.one-range", (stage, recording) -> stage.actors.tick(1)),
            Map.entry("checkout-params.three-items", (stage, recording) -> stage.actors.tick(2, 3, 4)),
            Map.entry("checkout.success-three-items", (stage, recording) -> stage.clock.advance(Duration.ofSeconds(1))),
            Map.entry("checkout-params.with-project", (stage, recording) -> stage.actors.tick(5)),
            Map.entry("throttle.get-email-address.never", (stage, recording) -> {
                for (int i = 0; i < 40; i++) {
                    stage.client.callAs("sk-THR", "accounts/get-email-address", recording.body());
                }
            }),
            Map.entry(
                    "insufficient.balance1-total4.01.params",
                    (stage, recording) -> stage.actors.only("POOR", itemOf(recording))),
            Map.entry(
                    "insufficient.balance1-total150.checkout",
                    (stage, recording) -> stage.actors.only(
                            "POOR", Actors.changed("disk", "10").put("run_limit", 10))),
            Map.entry(
                    "insufficient.balance1-total4.00.checkout",
                    (stage, recording) -> stage.actors.only(
                            "POOR", Actors.ranged("[\"2027-01-01T00:00:00.000Z\",\"2027-01-09T20:50:00.000Z\"]"))),
            Map.entry(
                    "insufficient.negative-balance-3-zero-cost.params",
                    (stage, recording) -> stage.actors.only("POOR", itemOf(recording))),
            Map.entry(
                    "insufficient.negative-balance-3-cost0.5.params",
                    (stage, recording) -> stage.actors.only("POOR", itemOf(recording))),
            Map.entry("insufficient.negative-balance-5-empty-cart.params", (stage, recording) -> {
                stage.actors.clear("POOR");
                stage.client.control("POST", "purchases", "{\"account\":\"POOR\",\"kind\":\"renewal\",\"cost\":2}");
            }),
            Map.entry("checkout.one-good-one-bad-sanity", (stage, recording) -> {
                stage.actors.put("CONC", Actors.changed("ram", "4"));
                stage.actors.put("CONC", Actors.changed("ram", "-1"));
            }),
            Map.entry("checkout.unchecked-nonsense-ok", (stage, recording) -> {
                stage.actors.only("CONC", Objects.requireNonNull(Json.parse("{\"a\":1}")));
                stage.client.callAs("sk-CONC", "shopping/cart/checked", "{\"checked\":false}");
                stage.actors.put("CONC", Actors.changed("ram", "4"));
            }),
            Map.entry("checkout.unknown-product-only", (stage, recording) -> {
                stage.actors.clear("CONC");
                stage.actors.add("CONC", "bananas", Json.write(Actors.changed("title", "\"c\"")), "");
            }),
            Map.entry("float4.balance", (stage, recording) -> stage.actors.buy(1)),
            Map.entry("float4.balance#3", (stage, recording) -> {
                stage.actors.buy(1);
                stage.actors.buy(1);
            }),
            Map.entry("float4.balance#4", (stage, recording) -> stage.actors.buy(20000)),
            Map.entry("float4.balance#5", (stage, recording) -> stage.actors.buy(1)),
            Map.entry("throttle.get-purchases.hour-call-200", (stage, recording) -> {
                stage.client.control("POST", "throttle", "{}");
                stage.burst = stage.clock.instant();
                for (int call = 0; call < 199; call++) {
                    stage.at(call * SPACING);
                    stage.client.callAs("sk-CUST3", GET_PURCHASES, recording.body());
                }
                stage.at(199 * SPACING);
            }),
            Map.entry("throttle.get-purchases.hour-call-201", (stage, recording) -> stage.at(200 * SPACING)),
            Map.entry("throttle.get-purchases.hour-call-206", (stage, recording) -> stage.at(205 * SPACING)),
            Map.entry("db-down.cached-auth.get-email-address", (stage, recording) -> {
                stage.client.control("POST", "throttle", "{\"off\":true}");
                stage.client.fault("*", "db_down", ",\"count\":null");
            }),
            Map.entry("db-down.recovered", (stage, recording) -> stage.client.control("DELETE", "faults", "")),
            Map.entry(
                    "checkout-params.with-cash-voucher",
                    (stage, recording) -> stage.actors.add("PARTNER", "cash-voucher", """
                    {"type":"cash-voucher","title":"V title","amount":25,"expire":"2027-06-01T00:00:00.000Z","length":8,\
                    "prefix":"PRE","charset":"alphanumeric","postfix":"","whenPay":"now","numVouchers":2}""", "")),
            Map.entry(
                    "throttle.cart-get-not-throttled",
                    (stage, recording) -> stage.client.control("POST", "throttle", "{\"off\":true}")));
}
