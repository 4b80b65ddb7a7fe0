package dev.purser.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CappedTest {

    private final ObjectMapper json = new ObjectMapper();

    private ObjectNode capped(ObjectNode data) throws Exception {
        String text = Capped.data(data.toString());
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Capped.MOST_BYTES);
        return (ObjectNode) json.readTree(text);
    }

    @Test
    void what_fits_stays_as_it_is() {
        String data = "{\"message\":\"" + "x".repeat(200_000) + "\"}";

        assertThat(Capped.data(data)).isSameAs(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "\"", "\u0001", "\ud83c\udf93"})
    void a_long_text_is_cut_and_its_place_told(String letter) throws Exception {
        ObjectNode data = json.createObjectNode().put("id", "c-1").put("message", letter.repeat(1_000_000));

        ObjectNode capped = capped(data);

        assertThat(capped.path("id").asText()).isEqualTo("c-1");
        assertThat(capped.path("message").asText()).startsWith(letter).endsWith("…");
        assertThat(capped.path("truncated")).extracting(JsonNode::asText).containsExactly("/message");
    }

    @Test
    void the_largest_part_of_an_object_is_cut_and_a_long_list_is_taken_away() throws Exception {
        ObjectNode data = json.createObjectNode().put("id", "c-1");
        ObjectNode result =
                data.putObject("result").put("url", "https://cocalc.com/a.pdf").put("log", "y".repeat(300_000));
        result.putArray("li/nes").add("z".repeat(400_000));

        ObjectNode capped = capped(data);

        assertThat(capped.at("/result/url").asText()).isEqualTo("https://cocalc.com/a.pdf");
        assertThat(capped.at("/result/li~1nes").isNull()).isTrue();
        assertThat(capped.at("/result/log").asText()).hasSizeGreaterThan(200_000);
        assertThat(capped.path("truncated"))
                .extracting(JsonNode::asText)
                .containsExactly("/result/li~1nes", "/result/log");
    }

    @Test
    void thousands_of_small_parts_end_too() throws Exception {
        ObjectNode data = json.createObjectNode();
        ObjectNode many = data.putObject("result");
        for (int i = 0; i < 20_000; i++) {
            many.put("field-" + i, "value-" + i);
        }

        assertThat(capped(data).path("truncated")).extracting(JsonNode::asText).containsExactly("/result");
    }
}
