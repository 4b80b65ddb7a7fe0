package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** The people of the recordings, and what they did between them. */
final class Actors {
    static final String PARTNER = "84a487cf-4b90-4140-b7cd-c9061aede735";
    static final String PARTNER_PROJECT = "5f6d7cb6-1cfd-440b-b5ee-2859e8154f16";
    static final String CUSTOMER_PROJECT = "af014a88-a250-4b65-bb3e-466804cda07c";
    static final String CUSTOMER = "f01845ee-9d49-4ac6-a41c-810b88484a00";
    static final String ITEM = """
            {"type":"quota","user":"business","ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short","boost":false,\
            "run_limit":1,"period":"range","range":["2026-12-01T00:00:00.000Z","2026-12-31T23:59:59.999Z"],\
            "title":"%s","description":"Range desc"}""";

    private static final String ADD = "shopping/cart/add";

    private final SandboxClient client;

    Actors(SandboxClient client) {
        this.client = client;
    }

    void cast() {
        person(
                "PARTNER",
                PARTNER,
                "partner@example.com",
                10000,
                "\"partner\"",
                ",\"first_name\":\"Pat\",\"last_name\":\"Partner\"");
        person("ADMIN", "", "admin@example.com", 0, "\"admin\"", "");
        person("NONPARTNER", "da255fa4-a9dd-4043-bc7a-c20811668796", "non@example.com", 0, "", "");
        person("CUST1", CUSTOMER, "alice.customer@example.org", 0, "", "");
        person("CUST2", "dbfb92e9-adc4-4fa3-8e34-428b211d7cdf", "Bob.Mixed+case@Example.ORG", 0, "", "");
        person("NOEMAIL", "feaf1f3c-b709-467d-b570-47d322f29229", null, 0, "", "");
        person("DELCUST", "1cf9dc62-7ddb-4e5c-91b3-d3a108a69251", null, 0, "", "");
        person("CUST3", "79d4c5ba-3433-4b0a-b3e9-54c53efcc3e3", "c@example.com", 0, "", "");
        person("THR", "", "thr@example.com", 0, "\"partner\"", "");
        person("PRICER", "5161f62f-ad91-4c7f-9fb5-becd206a83bc", "pricer@example.com", 100_000, "", "");
        person("POOR", "16df9f8e-f318-414e-a610-b5dfde4afb0b", "poor@example.com", 1, "", "");
        person("CONC", "0e435cc1-a48a-45c6-8bd2-45013b53453f", "conc@example.com", 1000, "", "");
        person("RICH", "bc36909c-ad03-49c6-9698-829217b0530e", "rich@example.com", 1_000_000, "", "");
        person("BANNED", "", "banned@example.com", 0, "\"partner\"", ",\"banned\":true");
        client.control(
                "POST",
                "projects",
                "{\"project_id\":\"%s\",\"title\":\"Partner project\",\"collaborators\":[\"%s\"],\"key\":\"sk-PROJECT\"}"
                        .formatted(PARTNER_PROJECT, PARTNER));
        client.control(
                "POST",
                "projects",
                "{\"project_id\":\"%s\",\"title\":\"Alice project\",\"collaborators\":[\"%s\"]}"
                        .formatted(CUSTOMER_PROJECT, CUSTOMER));
        client.control("POST", "throttle", "{\"off\":true}");
    }

    private void person(String name, String id, String email, int balance, String groups, String more) {
        client.control("POST", "accounts", """
                {"name":"%s","account_id":%s,"email":%s,"balance":%d,"groups":[%s],"key":"sk-%s","legacy_key":"sk_%s"%s}""".formatted(
                        name,
                        id.isEmpty() ? "null" : "\"" + id + "\"",
                        email == null ? "null" : "\"" + email + "\"",
                        balance,
                        groups,
                        name,
                        name,
                        more));
    }

    void add(String who, String product, String description, String more) {
        client.callAs(
                "sk-" + who, ADD, "{\"product\":\"%s\",\"description\":%s%s}".formatted(product, description, more));
    }

    /** As SQL would: neither add's shifting nor its checks. */
    void put(String who, JsonNode description) {
        if (description.isNull()) {
            client.callAs("sk-" + who, ADD, "{\"product\":\"site-license\"}");
            return;
        }
        add(who, "site-license", "{}", "");
        long id = client.callAs("sk-" + who, "shopping/cart/get", "{}")
                .path(0)
                .path("id")
                .asLong();
        client.callAs(
                "sk-" + who,
                "shopping/cart/edit",
                "{\"id\":%d,\"description\":%s}".formatted(id, Json.write(description)));
    }

    void clear(String who) {
        client.callAs("sk-" + who, "shopping/cart/get", "{}")
                .forEach(item -> client.callAs(
                        "sk-" + who,
                        "shopping/cart/delete",
                        "{\"id\":" + item.path("id").asLong() + "}"));
    }

    void tick(int... ids) {
        client.callAs("sk-PARTNER", "shopping/cart/checked", "{\"checked\":false}");
        for (int id : ids) {
            client.callAs("sk-PARTNER", "shopping/cart/checked", "{\"checked\":true,\"id\":" + id + "}");
        }
    }

    void checkout(String who) {
        client.callAs("sk-" + who, "purchases/shopping-cart-checkout", "{}");
    }

    void only(String who, JsonNode description) {
        clear(who);
        put(who, description);
    }

    void buy(int runLimit) {
        ObjectNode description = changed("run_limit", String.valueOf(runLimit));
        only("RICH", description.put("title", "rich"));
        checkout("RICH");
    }

    static ObjectNode changed(String field, String value) {
        ObjectNode description = (ObjectNode) Objects.requireNonNull(Json.parse(SandboxClient.MONTHLY));
        return description.put("title", "lim").set(field, Json.parse(value));
    }

    static JsonNode ranged(String range) {
        ObjectNode description = changed("range", range);
        return description.put("period", "range");
    }
}
