package dev.purser.kernel.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The schemas of all events, as they ship in the jar under {@code contract/}, and the check of an event's data against its own. The
 * {@code description} of each property says what would be right, so the document and the error message cannot differ.
 */
@Singleton
public class Contracts {

    private static final String PLACE = "contract/";
    private static final String INDEX = "index.json";
    private static final int WILDEST_EXPONENT = 300;

    private final byte[] asyncApi = bytes("asyncapi.json");
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, JsonNode> documents = new LinkedHashMap<>();
    private final Map<String, JsonSchema> byType = new LinkedHashMap<>();

    public Contracts() {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        files.put(INDEX, bytes("schemas/" + INDEX));
        for (JsonNode entry : tree(files.get(INDEX)).path("schemas")) {
            String name = entry.path("schema").asText();
            byte[] bytes = bytes("schemas/" + name);
            files.put(name, bytes);
            documents.put(name, tree(bytes));
            if (entry.has("type")) {
                byType.put(
                        entry.path("type").asText(),
                        factory.getSchema(SchemaLocation.of("classpath:" + PLACE + "schemas/" + name), config));
            }
        }
        byType.values().forEach(JsonSchema::initializeValidators);
    }

    /** The schemas by file name, and {@code index.json}, which lists them with their types and topics. */
    public SortedMap<String, byte[]> files() {
        return files;
    }

    public Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** An AsyncAPI 3 document in JSON; it refers to the schemas as {@code schemas/<file>}. */
    public byte[] asyncApi() {
        return asyncApi;
    }

    public boolean knows(String type) {
        return byType.containsKey(type);
    }

    /** What the schema of this type does not allow, at most one flaw for each place. @param type one that is known */
    public List<Flaw> check(String type, JsonNode data) {
        JsonSchema schema = byType.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("no schema for events of type " + type);
        }
        Map<String, Flaw> flaws = new LinkedHashMap<>();
        for (ValidationMessage message : schema.validate(tamed(data.deepCopy()))) {
            Flaw flaw = flaw(message);
            flaws.putIfAbsent(flaw.pointer(), flaw);
        }
        return new ArrayList<>(flaws.values());
    }

    private Flaw flaw(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        String address = message.getSchemaLocation().getAbsoluteIri().toString();
        JsonNode document =
                documents.getOrDefault(address.substring(address.lastIndexOf('/') + 1), MissingNode.getInstance());
        String keyword = message.getSchemaLocation().getFragment().toString();
        JsonNode schema = document.at(keyword.substring(0, keyword.lastIndexOf('/')));
        if (message.getProperty() != null) {
            String wanted = schema.path("properties")
                    .path(message.getProperty())
                    .path("description")
                    .asText();
            return new Flaw(
                    pointer + "/" + message.getProperty(), wanted.isEmpty() ? "is required" : "is required: " + wanted);
        }
        String wanted = schema.path("description").asText();
        return new Flaw(pointer, wanted.isEmpty() ? "must match the schema at " + keyword : "must be " + wanted);
    }

    /** With numbers that would need a gigabyte as integers made less large, or less small, where no schema sets a limit any more. */
    private static JsonNode tamed(JsonNode node) {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            long exponent = (long) number.precision() - number.scale();
            return Math.abs(exponent) <= WILDEST_EXPONENT
                    ? node
                    : DecimalNode.valueOf(new BigDecimal(
                            BigInteger.valueOf(number.signum()), exponent > 0 ? -WILDEST_EXPONENT : WILDEST_EXPONENT));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(tamed(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, tamed(array.get(i)));
            }
        }
        return node;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return EventReader.tree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Contracts.class.getClassLoader().getResourceAsStream(PLACE + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + PLACE + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
