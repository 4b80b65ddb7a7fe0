package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.event.Contracts;
import dev.purser.kernel.event.EventReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order form and the schema that partners are given are of one mind. */
class OrderDataTest {

    private static final OrderForm.Rules RULES = new OrderForm.Rules(Instant.parse("2026-11-25T00:00:00Z"), true);
    private static final String GOOD = """
            {"order_id":"2026-F-1","account_id":"3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23","project_id":null,"campaign":"fall","max_cost":"25.00",
             "license":{"user":"academic","run_limit":1,"ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short","boost":false,
                        "period":"range","start":"2030-12-01","end":"2031-05-31T00:00:00Z","title":"Calculus","description":"section"}}""";

    private final Contracts contracts = new Contracts();

    /** Each field of an order with each of many values, good and bad, in JSON. */
    static Stream<String> variants() throws IOException {
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "1",
                "1.0",
                "1.5",
                "-1",
                "3",
                "16",
                "17",
                "100000",
                "100001",
                "1e2",
                "1e400",
                "1e-400",
                "\"\"",
                "\" \"",
                "\"1\"",
                "\"true\"",
                "\"academic\"",
                "\"ACADEMIC\"",
                "\"short\"",
                "\"range\"",
                "\"monthly\"",
                "\"2031-01-01\"",
                "\"2031-01-01T00:00:00Z\"",
                "\"tomorrow\"",
                "\"25\"",
                "\"25.001\"",
                "\"-1\"",
                "\"3F1C2A44-0b5e-4c1d-9a77-5d2e8f601b23\"",
                "\"3f1c2a440b5e4c1d9a775d2e8f601b23\"",
                "[]",
                "[1]",
                "{}",
                "\"" + "x".repeat(129) + "\"",
                "\"" + "x".repeat(1_001) + "\"",
                "\"" + "é".repeat(10_001) + "\"",
                "\"a\\nb\"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "\"\ud83c\udf93\"",
                "\"a/b:c.d-e_f\"");
        JsonNode good = EventReader.JSON.readTree(GOOD);
        Stream.Builder<String> variants = Stream.builder();
        for (String parent : List.of("", "/license")) {
            for (String field : ((ObjectNode) good.at(parent))
                    .properties().stream().map(e -> e.getKey()).toList()) {
                ObjectNode without = good.deepCopy();
                ((ObjectNode) without.at(parent)).remove(field);
                variants.add(without.toString());
                for (String value : values) {
                    ObjectNode with = good.deepCopy();
                    ((ObjectNode) with.at(parent)).put(field, "@@");
                    variants.add(with.toString().replace("\"@@\"", value));
                }
            }
        }
        return variants.build();
    }

    private static Set<String> wrongPlaces(Checked checked) {
        return checked.fold(new Checked.Cases<>() {
            @Override
            public Set<String> valid(Checked.Valid order) {
                return Set.of();
            }

            @Override
            public Set<String> invalid(Checked.Invalid errors) {
                return errors.errors().stream().map(FieldError::pointer).collect(Collectors.toSet());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void what_the_schema_forbids_the_form_forbids_at_the_same_place(String order) throws IOException {
        JsonNode data = EventReader.JSON.readTree(order);

        Set<String> byForm = wrongPlaces(OrderForm.ofJson(data, RULES));
        Set<String> bySchema = contracts.check(OrderEvents.TYPE, data).stream()
                .map(flaw -> flaw.pointer())
                .collect(Collectors.toSet());

        // The form says of a license that is no object only that; and of an uncertain period nothing about start and
        // end.
        assertThat(byForm).as(order).containsAll(bySchema);
    }
}
