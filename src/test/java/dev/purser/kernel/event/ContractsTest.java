package dev.purser.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ContractsTest {

    private static final String ORDER = "dev.purser.order.submitted.v1";
    private static final Path SCHEMAS = Path.of("src/main/resources/contract/schemas");

    private final ObjectMapper json = new ObjectMapper();
    private final Contracts contracts = new Contracts();

    private JsonNode file(String name) {
        try {
            return json.readTree(contracts.file(name).orElseThrow());
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private List<JsonNode> index() {
        return list(file("index.json").path("schemas"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private String flaws(String type, String data) throws IOException {
        return Flaw.sentence(contracts.check(type, EventReader.JSON.readTree(data)));
    }

    @Test
    void the_index_lists_every_schema_and_each_file_is_called_after_its_type() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(contracts.files().keySet())
                    .isEqualTo(files.map(file -> file.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(index()).filteredOn(entry -> entry.has("type")).allSatisfy(entry -> assertThat(
                        entry.path("schema").asText())
                .isEqualTo(entry.path("type").asText() + ".json"));
    }

    @Test
    void every_example_is_valid() {
        assertThat(index()).filteredOn(entry -> entry.has("type")).allSatisfy(entry -> {
            String type = entry.path("type").asText();
            List<JsonNode> examples = list(file(type + ".json").path("examples"));
            assertThat(examples).isNotEmpty();
            assertThat(examples).allSatisfy(example -> assertThat(contracts.check(type, example))
                    .isEmpty());
        });
    }

    @Test
    void every_schema_is_one_of_draft_2020_12_and_every_property_says_what_is_right() {
        contracts.files().keySet().stream()
                .filter(name -> !name.equals("index.json"))
                .forEach(name -> {
                    JsonNode schema = file(name);
                    assertThat(schema.path("$schema").asText())
                            .isEqualTo("https://json-schema.org/draft/2020-12/schema");
                    assertThat(schema.path("properties").properties()).allSatisfy(property -> assertThat(
                                    property.getValue().path("description").asText())
                            .as(name + " " + property.getKey())
                            .isNotEmpty());
                });
    }

    @Test
    void the_asyncapi_document_has_a_message_for_every_type_on_its_topic_and_all_its_references_lead_somewhere()
            throws IOException {
        JsonNode document = json.readTree(contracts.asyncApi());

        assertThat(document.path("asyncapi").asText()).startsWith("3.");
        for (JsonNode entry : index().stream().filter(each -> each.has("type")).toList()) {
            String type = entry.path("type").asText();
            JsonNode channel = list(document.path("channels")).stream()
                    .filter(each -> each.path("address")
                            .asText()
                            .equals(entry.path("topic").asText()))
                    .findFirst()
                    .orElseThrow();
            assertThat(channel.path("messages").has(type)).as(type).isTrue();
            assertThat(document.at("/components/messages")
                            .path(type)
                            .at("/payload/schema/$ref")
                            .asText())
                    .isEqualTo("schemas/" + type + ".json");
        }
        Set<String> references = new HashSet<>();
        document.findValuesAsText("$ref").forEach(references::add);
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        reference.startsWith("#")
                                ? !document.at(reference.substring(1)).isMissingNode()
                                : contracts
                                        .file(reference.substring("schemas/".length()))
                                        .isPresent())
                .as(reference)
                .isTrue());
    }

    @Test
    void each_flaw_names_its_place_and_what_would_be_right() throws IOException {
        assertThat(flaws(ORDER, "{}"))
                .contains("/order_id: is required: 1 to 128 of A-Z")
                .contains("/license: is required: a JSON object that says what to buy");
        assertThat(flaws(ORDER, "{\"order_id\":7,\"account_id\":\"x\",\"license\":{\"run_limit\":\"1\",\"ram\":17}}"))
                .contains("/order_id: must be 1 to 128 of")
                .contains("/account_id: must be the customer's CoCalc account, a UUID such as")
                .contains("/license/run_limit: must be a whole number from 1 to 100000")
                .contains("/license/ram: must be a whole number from 1 to 16")
                .contains("/license/user: is required: one of academic, business");
        assertThat(flaws("dev.purser.command.project.stop.v1", "[]"))
                .isEqualTo("data: must be the command's data as a JSON object");
    }

    @Test
    void unknown_fields_are_ignored() throws IOException {
        assertThat(flaws("dev.purser.command.order.cancel.v1", "{\"order_id\":\"a\",\"colour\":[{\"x\":1e99999999}]}"))
                .isEmpty();
    }

    @Test
    void numbers_of_any_size_end_as_a_flaw_in_no_time() throws IOException {
        for (String number : List.of("1e999999999", "1e-999999999", "-1e999999999", "1" + "0".repeat(900), "1.5")) {
            assertThat(flaws("dev.purser.command.licenses.list.v1", "{\"limit\":" + number + "}"))
                    .isEqualTo("/limit: must be a whole number from 0 to 1000000000, or null");
        }
    }
}
