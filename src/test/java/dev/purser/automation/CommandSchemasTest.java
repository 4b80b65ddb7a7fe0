package dev.purser.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.event.Contracts;
import dev.purser.kernel.event.EventReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The forms that read commands and the schemas that their senders are given are of one mind. */
class CommandSchemasTest {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "1",
            "1.5",
            "-1",
            "601",
            "1000000001",
            "604801",
            "1e300",
            "\"\"",
            "\"1\"",
            "\"a.tex\"",
            "\"x\"",
            "\"../x\"",
            "\"3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23\"",
            "\"2026-11-01\"",
            "\"a b\"",
            "[]",
            "{}",
            "{\"projects\":{\"title\":null}}",
            "\"" + "x".repeat(5_000) + "\"");

    private final Contracts contracts = new Contracts();

    private JsonNode schema(Verb verb) throws IOException {
        return EventReader.JSON.readTree(contracts.file(type(verb) + ".json").orElseThrow());
    }

    private static String type(Verb verb) {
        return "dev.purser.command." + verb.word() + ".v1";
    }

    private static Set<String> byForm(Verb verb, JsonNode data) {
        Form form = new Form(data);
        form.ttl();
        form.purchasingAccount();
        verb.read(form);
        return form.flaws().stream()
                .map(flaw -> flaw.pointer().substring("/data".length()))
                .collect(Collectors.toSet());
    }

    private List<JsonNode> variants(Verb verb) throws IOException {
        List<JsonNode> variants = new ArrayList<>();
        JsonNode schema = schema(verb);
        List<String> fields = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        for (JsonNode example : schema.path("examples")) {
            variants.add(example);
            for (String field : fields) {
                ObjectNode without = example.deepCopy();
                without.remove(field);
                variants.add(without);
                for (String value : VALUES) {
                    ObjectNode with = example.deepCopy();
                    with.set(field, EventReader.JSON.readTree(value));
                    variants.add(with);
                }
            }
        }
        return variants;
    }

    @Test
    void every_verb_has_its_schema_and_takes_its_examples() throws IOException {
        for (Verb verb : Verb.values()) {
            assertThat(contracts.knows(type(verb))).as(verb.word()).isTrue();
            assertThat(StreamSupport.stream(schema(verb).path("examples").spliterator(), false))
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(byForm(verb, example)).isEmpty());
        }
    }

    @Test
    void what_a_schema_forbids_its_form_forbids_at_the_same_place() throws IOException {
        for (Verb verb : Verb.values()) {
            for (JsonNode data : variants(verb)) {
                Set<String> bySchema = contracts.check(type(verb), data).stream()
                        .map(flaw -> flaw.pointer())
                        .collect(Collectors.toSet());

                // Of two that may be lacking, but not both, the schema names both.
                if (bySchema.equals(Set.of("/path", "/content"))) {
                    assertThat(byForm(verb, data)).isNotEmpty();
                } else {
                    assertThat(byForm(verb, data)).as(verb.word() + " " + data).containsAll(bySchema);
                }
            }
        }
    }
}
