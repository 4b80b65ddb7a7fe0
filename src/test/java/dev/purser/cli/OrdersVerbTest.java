package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrdersVerbTest {

    private final PretendPurser purser = new PretendPurser();
    private final TypedLine line = new TypedLine();

    @AfterEach
    void stop() {
        purser.close();
    }

    private void type(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "orders";
        args[1] = "--url";
        args[2] = purser.url() + "/";
        System.arraycopy(more, 0, args, 3, more.length);
        line.type(args);
    }

    @Test
    void orders_stand_in_a_table_with_their_license_or_the_reason_why_they_have_none() {
        purser.when("GET /api/v1/orders?limit=50", 200, """
                {"items":[
                  {"order_id":"a-1","state":"PROVISIONED","quoted_cost":"9.99","cost":"13.98","campaign":"fall",
                   "received_at":"2026-11-25T09:30:00.123456Z","license_id":"0a0a","message":null},
                  {"order_id":"a-22","state":"HELD","quoted_cost":"113.98","cost":null,"campaign":null,
                   "received_at":"2026-11-25T09:29:00Z","license_id":null,"message":"over\\nbudget"}],"next":null}""");

        type();

        assertThat(line.exit).isZero();
        assertThat(line.out()).isEqualTo("""
                order  state           USD  campaign  received
                a-1    PROVISIONED   13.98  fall      2026-11-25T09:30:00Z  license 0a0a
                a-22   HELD         113.98            2026-11-25T09:29:00Z  over budget
                """);
    }

    @Test
    void filters_go_into_the_question() {
        purser.when("GET /api/v1/orders?limit=50&state=HELD&campaign=fall+%26+winter&q=a%2Fb", 200, "{\"items\":[]}");

        type("--state", "held", "--campaign", "fall & winter", "--q", "a/b");

        assertThat(line.exit).isZero();
        assertThat(line.out()).isEqualTo("No orders.\n");
    }

    @Test
    void pages_follow_each_other_up_to_the_limit() {
        purser.when(
                        "GET /api/v1/orders?limit=3",
                        200,
                        "{\"items\":[{\"order_id\":\"1\"},{\"order_id\":\"2\"}],\"next\":\"c2\"}")
                .when(
                        "GET /api/v1/orders?limit=1&cursor=c2",
                        200,
                        "{\"items\":[{\"order_id\":\"3\"}],\"next\":\"c3\"}");

        type("--limit", "3");
        assertThat(line.out()).contains("There are more than these 3");

        type("--limit", "3", "--json");
        assertThat(line.json().path("items"))
                .extracting(order -> order.path("order_id").asText())
                .containsExactly("1", "2", "3");
        assertThat(line.json().path("next").asText()).isEqualTo("c3");
    }

    @Test
    void a_state_that_is_none_and_a_limit_below_one_are_usage_errors() {
        type("--state", "bought");
        assertThat(line.exit).isEqualTo(64);
        assertThat(line.err()).contains("PROVISIONED", "'bought'", "Usage: java -jar quarkus-run.jar orders");

        type("--limit", "0");
        assertThat(line.exit).isEqualTo(64);
        assertThat(purser.questions()).isEmpty();
    }
}
