package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The API as it describes itself, and whether an answer is one of those that it describes. */
final class OpenApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;

    OpenApi(String document) {
        this.document = read(document);
        assertThat(this.document.path("openapi").asText()).startsWith("3.1");
    }

    record Call(String method, String template, boolean hasBody) {
        /** An address of this shape that leads to nothing in particular. */
        String anyPath() {
            return template.replaceAll("\\{[^}]+}", "0");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> calls.add(new Call(
                        operation.getKey().toUpperCase(java.util.Locale.ROOT),
                        path.getKey(),
                        operation.getValue().has("requestBody")))));
        return calls;
    }

    /** Fails unless the document tells this status, this media type and a schema that the body keeps to. */
    void check(String method, String path, HttpResponse<String> answer) {
        Call call = calls().stream()
                .filter(each -> each.method().equals(method)
                        && path.replaceAll("\\?.*", "").matches(pattern(each)))
                .max(Comparator.comparingInt((Call each) ->
                        each.template().replaceAll("\\{[^}]+}", "").length()))
                .orElseThrow(() -> new AssertionError("the document has no " + method + " " + path));
        String what = method + " " + path + " answered " + answer.statusCode() + " " + answer.body();
        JsonNode response = document.path("paths")
                .path(call.template())
                .path(method.toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(Integer.toString(answer.statusCode()));
        assertThat(response.isMissingNode()).as("not described: " + what).isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        if (response.path("content").isEmpty()) {
            assertThat(answer.body()).as("not described: " + what).isEmpty();
            return;
        }
        Set<String> types = new TreeSet<>();
        response.path("content").fieldNames().forEachRemaining(name -> types.add(name.replaceAll(";.*", "")));
        assertThat(types).as(what).contains(type);
        if (type.endsWith("json")) {
            JsonNode schema = response.path("content").properties().stream()
                    .filter(content -> content.getKey().replaceAll(";.*", "").equals(type))
                    .findFirst()
                    .orElseThrow()
                    .getValue()
                    .path("schema");
            assertThat(flaws(schema, read(answer.body()))).as(what).isEmpty();
        }
    }

    private Set<String> flaws(JsonNode schema, JsonNode body) {
        ObjectNode root = JSON.createObjectNode();
        root.set("components", document.path("components"));
        root.putArray("allOf").add(schema);
        Set<String> flaws = new TreeSet<>();
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root)
                .validate(body)
                .forEach(flaw -> flaws.add(flaw.getMessage()));
        return flaws;
    }

    private static String pattern(Call call) {
        return call.template().replace(".", "\\.").replaceAll("\\{[^}]+}", ".+");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
