package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.intake.OrderForm.Rules;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderFormTest {

    private static final Rules RULES = new Rules(Instant.parse("2026-11-23T12:00:00Z"), true);
    private final ObjectMapper json = new ObjectMapper();

    private static Map<String, String> cells() {
        Map<String, String> cells = new HashMap<>();
        cells.put("order_id", "2026-F-000123");
        cells.put("account_id", "3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23");
        cells.put("user", "academic");
        cells.put("run_limit", "1");
        cells.put("ram", "4");
        cells.put("cpu", "1");
        cells.put("disk", "3");
        cells.put("member", "true");
        cells.put("uptime", "short");
        cells.put("period", "range");
        cells.put("start", "2026-12-01");
        cells.put("end", "2027-05-31T00:00:00+02:00");
        return cells;
    }

    private ObjectNode data() throws Exception {
        return (ObjectNode) json.readTree("""
                {"order_id":"2026-F-000123","account_id":"3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23","project_id":null,
                 "max_cost":"25.00","colour":"red",
                 "license":{"user":"academic","run_limit":1,"ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short","boost":false,
                            "period":"range","start":"2026-12-01T00:00:00Z","end":"2027-05-31T00:00:00Z","title":"Calculus 101"}}""");
    }

    private static Checked.Valid valid(Checked checked) {
        return checked.fold(new Checked.Cases<>() {
            @Override
            public Checked.Valid valid(Checked.Valid order) {
                return order;
            }

            @Override
            public Checked.Valid invalid(Checked.Invalid errors) {
                throw new AssertionError(errors.message());
            }
        });
    }

    private static List<FieldError> errors(Checked checked) {
        return checked.fold(new Checked.Cases<>() {
            @Override
            public List<FieldError> valid(Checked.Valid order) {
                return List.of();
            }

            @Override
            public List<FieldError> invalid(Checked.Invalid invalid) {
                return invalid.errors();
            }
        });
    }

    private static List<String> wrongFields(Checked checked) {
        return errors(checked).stream().map(FieldError::field).toList();
    }

    @Test
    void a_date_alone_is_midnight_utc_and_an_offset_is_heeded() {
        Checked.Valid order = valid(OrderForm.ofCells(cells(), RULES));

        assertThat(order.license().start()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(order.license().end()).isEqualTo(Instant.parse("2027-05-30T22:00:00Z"));
    }

    @Test
    void the_same_order_in_a_row_and_in_json_is_the_same_order() throws Exception {
        Map<String, String> row = cells();
        row.put("end", "2027-05-31");
        row.put("title", "Calculus 101");
        row.put("max_cost", "25");

        assertThat(valid(OrderForm.ofCells(row, RULES))).isEqualTo(valid(OrderForm.ofJson(data(), RULES)));
    }

    @Test
    void a_spreadsheets_capital_words_and_blanks_around_a_cell_do_not_matter() {
        Map<String, String> row = cells();
        row.put("member", " TRUE ");
        row.put("user", "Academic");

        assertThat(valid(OrderForm.ofCells(row, RULES)).license().member()).isTrue();
    }

    @Test
    void all_errors_are_told_at_once_and_none_repeats_what_was_written() {
        Map<String, String> row = cells();
        row.put("account_id", "jane@example.org");
        row.put("run_limit", "-1");
        row.put("uptime", "");
        row.put("end", "2026-11-30");

        List<FieldError> errors = errors(OrderForm.ofCells(row, RULES));

        assertThat(errors).extracting(FieldError::field).containsExactly("account_id", "run_limit", "uptime", "end");
        assertThat(errors.get(3)).hasToString("end: must be after start");
        assertThat(errors.toString()).doesNotContain("jane");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            nullValues = "NULL",
            value = {
                "order_id, NULL",
                "order_id, a b",
                "order_id, ä",
                "account_id, NULL",
                "account_id, 3f1c2a44",
                "account_id, 3f1c2a440b5e4c1d9a775d2e8f601b23",
                "project_id, none",
                "user, student",
                "run_limit, 0",
                "run_limit, -1",
                "run_limit, 1.5",
                "run_limit, 100001",
                "run_limit, 1e3",
                "run_limit, many",
                "ram, 0",
                "ram, 17",
                "cpu, 4",
                "disk, 21",
                "member, yes",
                "uptime, long",
                "boost, 2",
                "period, weekly",
                "start, tomorrow",
                "start, 2026-02-30",
                "start, NULL",
                "end, NULL",
                "end, 2026-12-01",
                "end, 2026-11-01",
                "end, 2026-12-01T00:10:00Z",
                "end, 2226-12-01",
                "max_cost, 0",
                "max_cost, -5",
                "max_cost, 1.005",
                "max_cost, $25",
                "max_cost, 99999999",
            })
    void a_wrong_cell_is_told_by_its_columns_name(String column, String cell) {
        Map<String, String> row = cells();
        row.put(column, cell);

        assertThat(wrongFields(OrderForm.ofCells(row, RULES))).containsExactly(column);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "run_limit, `\"1\"`",
                "run_limit, 1.5",
                "run_limit, -1",
                "run_limit, 1e999999",
                "run_limit, 1e-999999",
                "run_limit, null",
                "run_limit, []",
                "member, `\"true\"`",
                "user, `\"ACADEMIC\"`",
                "user, 7",
                "start, 20261201",
                "title, {}",
                "title, `\"\\ud800\"`",
                "title, `\"a\\u0000b\"`",
                "boost, 1",
                "period, null",
            })
    void a_wrong_json_value_is_told_by_its_place(String field, String value) throws Exception {
        ObjectNode data = data();
        JsonNode wrong = json.readTree(value);
        ((ObjectNode) data.get("license")).set(field, wrong);

        List<FieldError> errors = errors(OrderForm.ofJson(data, RULES));

        assertThat(errors).extracting(FieldError::pointer).containsExactly("/license/" + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"order\"", "{}", "{\"license\":[]}"})
    void what_is_no_order_at_all_is_told_in_one_error(String text) throws Exception {
        assertThat(errors(OrderForm.ofJson(json.readTree(text), RULES))).hasSize(1);
    }

    @Test
    void money_may_be_a_json_string_or_a_number() throws Exception {
        ObjectNode data = data().put("max_cost", 25.5);

        assertThat(valid(OrderForm.ofJson(data, RULES)).maxCost()).hasToString("25.50");
        assertThat(wrongFields(OrderForm.ofJson(data.put("max_cost", "25,50"), RULES)))
                .containsExactly("max_cost");
    }

    @Test
    void a_description_that_could_be_taken_for_a_token_is_refused() {
        Map<String, String> row = cells();
        row.put("description", "section 2\npurser:main:2026-F-000001");

        assertThat(wrongFields(OrderForm.ofCells(row, RULES))).containsExactly("description");
    }

    @Test
    void texts_have_an_upper_length() {
        Map<String, String> row = cells();
        row.put("title", "x".repeat(1_001));
        row.put("description", "x".repeat(10_001));
        row.put("campaign", "x".repeat(129));

        assertThat(wrongFields(OrderForm.ofCells(row, RULES))).containsExactly("title", "description", "campaign");
    }

    @Test
    void a_subscription_has_no_range_and_can_be_switched_off() {
        Map<String, String> row = cells();
        row.put("period", "monthly");
        assertThat(wrongFields(OrderForm.ofCells(row, RULES))).containsExactly("start", "end");

        row.put("start", "");
        row.put("end", "");
        assertThat(errors(OrderForm.ofCells(row, RULES))).isEmpty();
        assertThat(wrongFields(OrderForm.ofCells(row, new Rules(RULES.now(), false))))
                .containsExactly("period");
    }

    @Test
    void a_range_that_has_begun_is_bought_and_one_that_has_ended_is_not() {
        Map<String, String> row = cells();
        row.put("start", "2026-09-01");
        assertThat(errors(OrderForm.ofCells(row, RULES))).isEmpty();

        row.put("end", "2026-11-23T12:30:00Z");
        assertThat(wrongFields(OrderForm.ofCells(row, RULES))).containsExactly("end");
    }
}
