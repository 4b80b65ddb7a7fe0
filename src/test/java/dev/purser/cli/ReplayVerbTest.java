package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayVerbTest {

    private static final String PREVIEW = "POST /api/v1/dead-letters/preview";
    private static final String REPLAY = "POST /api/v1/dead-letters/replay";

    private final PretendPurser purser = new PretendPurser();
    private final TypedLine line = new TypedLine().with("QUARKUS_HTTP_PORT", purser.port());

    @AfterEach
    void stop() {
        purser.close();
    }

    private static String items(String next, String... items) {
        return "{\"items\":[" + String.join(",", items) + "],\"next\":" + next + "}";
    }

    private static String item(int id, String result) {
        return "{\"id\":" + id + ",\"result\":\"" + result + "\",\"message\":\"because\"}";
    }

    @Test
    void all_open_letters_are_foreseen_page_by_page_and_just_those_are_replayed() {
        purser.when(PREVIEW, 200, items("\"c\"", item(3, "would_buy")))
                .when(PREVIEW, 200, items("null", item(9, "already_bought")))
                .when(REPLAY, 200, items("null", item(3, "replayed"), item(9, "replayed")));

        line.type("replay");

        assertThat(line.exit).isZero();
        assertThat(line.out()).isEqualTo("""
                letter
                     3  would buy       because
                     9  already bought  because
                1 already bought, 1 would buy
                letter
                     3  replayed  because
                     9  replayed  because
                2 replayed
                """);
        assertThat(purser.asked)
                .extracting(PretendPurser.Asked::body)
                .containsExactly(
                        "{\"filter\":{\"topic\":null,\"reason\":null}}",
                        "{\"filter\":{\"topic\":null,\"reason\":null},\"cursor\":\"c\"}",
                        "{\"ids\":[3,9]}");
    }

    @Test
    void a_preview_replays_nothing_and_ends_with_2_where_something_is_in_vain() {
        purser.when(PREVIEW, 200, items("null", item(3, "unreadable")));

        line.type("replay", "--preview", "--topic", "purser.orders.v1", "--reason", "ram");

        assertThat(line.exit).isEqualTo(2);
        assertThat(purser.questions()).containsExactly(PREVIEW);
        assertThat(purser.asked.get(0).body())
                .isEqualTo("{\"filter\":{\"topic\":\"purser.orders.v1\",\"reason\":\"ram\"}}");
    }

    @Test
    void letters_by_their_numbers_answer_in_json_what_came_of_each() {
        purser.when(PREVIEW, 200, items("null", item(4, "blocked"), item(5, "would_buy")))
                .when(REPLAY, 200, items("null", item(4, "refused"), item(5, "replayed")));

        line.type("replay", "4", "5", "--json");

        assertThat(line.exit).isEqualTo(2);
        assertThat(line.json().at("/items/0/result").asText()).isEqualTo("refused");
        assertThat(line.json().path("items")).hasSize(2);
        assertThat(purser.asked.get(0).body()).isEqualTo("{\"ids\":[4,5]}");
    }

    @Test
    void where_there_are_none_nothing_is_replayed() {
        purser.when(PREVIEW, 200, items("null"));

        assertThat(line.type("replay").exit).isZero();
        assertThat(line.out()).isEqualTo("No dead letters.\n");
        assertThat(purser.questions()).containsExactly(PREVIEW);
    }

    @Test
    void numbers_and_a_filter_at_once_and_what_is_no_number_are_usage_errors() {
        assertThat(line.type("replay", "4", "--topic", "purser.orders.v1").exit).isEqualTo(64);
        assertThat(line.type("replay", "four").exit).isEqualTo(64);
        assertThat(line.err()).contains("'four'", "Usage: java -jar quarkus-run.jar replay");
    }
}
