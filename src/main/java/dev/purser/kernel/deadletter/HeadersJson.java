package dev.purser.kernel.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** All headers, also those with the same name, as the table keeps them: values as bytes, for they need not be text. */
final class HeadersJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HeadersJson() {}

    static String write(Headers headers) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Header header : headers) {
            byte[] value = header.value();
            json.addObject()
                    .put("name", header.key().replace('\0', '\uFFFD'))
                    .put("base64", value == null ? null : Base64.getEncoder().encodeToString(value));
        }
        return json.toString();
    }

    static Headers read(String text) {
        Headers headers = new RecordHeaders();
        try {
            for (JsonNode header : JSON.readTree(text)) {
                JsonNode value = header.path("base64");
                headers.add(
                        header.path("name").asText(),
                        value.isTextual() ? Base64.getDecoder().decode(value.textValue()) : null);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a dead letter's headers are no JSON", e);
        }
        return headers;
    }
}
