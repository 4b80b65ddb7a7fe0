package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteVerbTest {

    private static final String HEADER =
            "order_id,account_id,user,run_limit,ram,cpu,disk,member,uptime,period,start,end,max_cost\n";
    private static final String ORDER =
            ",5ea7ca5e-0000-4000-8000-000000000001,business,1,4,1,3,true,short,range,2026-12-01,2026-12-31T23:59:59.999Z,";

    private final PretendPurser purser = new PretendPurser();
    private final TypedLine line = new TypedLine().with("QUARKUS_HTTP_PORT", purser.port());

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        purser.close();
    }

    private String file(String text) throws IOException {
        return Files.writeString(dir.resolve("orders"), text).toString();
    }

    @Test
    void a_running_purser_is_asked_with_the_file_as_it_is() throws IOException {
        purser.when("POST /api/v1/quotes", 200, """
                {"items":[{"row":1,"order_id":"a-1","price":"13.98","duplicate":false,
                           "held":{"code":"over_max_cost","message":"13.98 USD is over"},"errors":[]},
                          {"row":2,"order_id":null,"price":null,"duplicate":false,"held":null,
                           "errors":[{"field":"ram","message":"must be"},{"field":"cpu","message":"is required"}]}],
                 "totals":{"orders":2,"valid":1,"invalid":1,"duplicate":0,"held":1,"price":"13.98","held_price":"13.98"}}""");

        line.type("quote", file(HEADER + "a-1" + ORDER + "\n"));

        assertThat(line.exit).isEqualTo(3);
        assertThat(line.out()).isEqualTo("""
                row  order    USD
                  1  a-1    13.98  would be held: 13.98 USD is over
                  2                ram: must be; cpu: is required
                2 orders: 1 valid for 13.98 USD (1 of them, for 13.98 USD, would be held), 1 wrong, 0 duplicate
                """);
        assertThat(purser.asked.get(1).mediaType()).isEqualTo("text/csv");
        assertThat(purser.asked.get(1).body()).startsWith("order_id,account_id");
    }

    @Test
    void without_a_running_purser_it_reckons_by_itself_and_says_so() throws IOException {
        purser.close();

        line.type("quote", file(HEADER + "a-1" + ORDER + "\na-1" + ORDER + "\na-2" + ORDER + "\n"));

        assertThat(line.exit).isZero();
        assertThat(line.err()).startsWith("No Purser answers at " + purser.url() + ", so this is reckoned here");
        assertThat(line.out()).isEqualTo("""
                row  order    USD
                  1  a-1    13.98
                  2  a-1    13.98  the same order as before, bought once
                  3  a-2    13.98
                3 orders: 2 valid for 27.96 USD, 0 wrong, 1 duplicate
                """);
    }

    @Test
    void alone_it_still_knows_the_orders_own_limit_and_those_that_are_set_here() throws IOException {
        purser.close();
        String file = file(HEADER + "a-1" + ORDER + "5.00\n");

        line.type("quote", file, "--json");

        assertThat(line.exit).isEqualTo(3);
        assertThat(line.json().at("/items/0/held/code").asText()).isEqualTo("over_max_cost");
        assertThat(line.json().at("/totals/held_price").asText()).isEqualTo("13.98");

        line.with("PURSER_BUDGET_PER_ORDER", "10").type("quote", file(HEADER + "a-1" + ORDER + "\n"), "--json");
        assertThat(line.json().at("/items/0/held/code").asText()).isEqualTo("over_order_budget");

        line.with("PURSER_BUDGET_PER_ORDER", "ten").type("quote", file);
        assertThat(line.exit).isEqualTo(78);
        assertThat(line.err()).contains("PURSER_BUDGET_PER_ORDER must be an amount in USD such as 100.00.");
    }

    @Test
    void wrong_rows_are_named_and_end_with_2() throws IOException {
        purser.close();

        line.type("quote", file(HEADER + "a-1" + ORDER.replace(",4,", ",99,") + "\n"));

        assertThat(line.exit).isEqualTo(2);
        assertThat(line.out())
                .contains("ram: must be a whole number from 1 to 16")
                .contains("0 valid for 0.00 USD, 1 wrong");
    }

    @Test
    void order_data_as_json_is_quoted_too() throws IOException {
        purser.close();

        line.type("quote", file(" [{\"order_id\":\"j-1\"}]"), "--json");

        assertThat(line.exit).isEqualTo(2);
        assertThat(line.json().at("/items/0/errors/0/field").asText()).isEqualTo("license");
    }

    @Test
    void what_are_no_orders_at_all_fails_with_the_reason() throws IOException {
        purser.close();

        assertThat(line.type("quote", file("")).exit).isEqualTo(1);
        assertThat(line.err()).contains("The file is empty.");
        assertThat(line.type("quote", dir.resolve("none.csv").toString()).exit).isEqualTo(1);
        assertThat(line.err()).contains("none.csv is not there.");
        assertThat(line.type("quote").exit).isEqualTo(64);
        assertThat(line.err()).contains("Missing required parameter: 'FILE'", "Usage: java -jar quarkus-run.jar quote");
    }

    @Test
    void a_purser_that_was_named_must_answer() throws IOException {
        purser.close();

        line.type("quote", file(HEADER), "--url", purser.url());

        assertThat(line.exit).isEqualTo(1);
        assertThat(line.out()).isEmpty();
    }
}
