package dev.purser.cocalc;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an {@link Answer} of what came back. CoCalc says yes and no alike with HTTP 200; all else is known only as far as it was recorded. */
final class Reading {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** Said by the layer in front of the handlers, and in development mode by the validation before them: nothing was run. */
    private static final Set<Integer> REFUSED_BEFORE_THE_HANDLER = Set.of(400, 405, 415);

    private Reading() {}

    static <T> Answer<T> read(Endpoint endpoint, Reply reply, Shape<T> shape) {
        if (reply.status() != 200) {
            return otherStatus(reply);
        }
        String type = mediaType(reply);
        if (type != null && !type.equals("application/json")) {
            return new Answer.Unknown<>("HTTP 200 with " + type);
        }
        return json(reply)
                .map(json -> Reading.<T>yesOrNo(endpoint, json, shape))
                .orElseGet(() -> new Answer.Unknown<>("HTTP 200 without readable JSON"));
    }

    /** {@code "error": null} is an error only where the rest has not the expected form either. */
    private static <T> Answer<T> yesOrNo(Endpoint endpoint, JsonNode json, Shape<T> shape) {
        if (json.isObject() && json.hasNonNull("error") && !isPartOfTheAnswer(endpoint, json)) {
            JsonNode error = json.get("error");
            return Refusals.read(endpoint, error.isTextual() ? error.textValue() : error.toString());
        }
        return shape.of(json)
                .<Answer<T>>map(Answer.Done::new)
                .orElseGet(() ->
                        new Answer.Unknown<>("HTTP 200 with JSON of another form than " + endpoint.path() + " has"));
    }

    /** A compile that ran and left no PDF is told with the error of reading the PDF, beside what the compiler printed. */
    private static boolean isPartOfTheAnswer(Endpoint endpoint, JsonNode json) {
        return endpoint == Endpoint.LATEX && json.path("compile").isObject();
    }

    private static <T> Answer<T> otherStatus(Reply reply) {
        int status = reply.status();
        String type = mediaType(reply);
        if (status == 404 && "text/html".equals(type)) {
            return new Answer.Refused<>(Refusal.NOT_SERVED, "HTTP 404: this path is not served");
        }
        if (status == 413) {
            return new Answer.Refused<>(Refusal.BAD_REQUEST, "HTTP 413: the request is too large");
        }
        if (status == 400 && new String(reply.body(), StandardCharsets.UTF_8).equals("Invalid JSON")) {
            return new Answer.Refused<>(Refusal.BAD_REQUEST, "HTTP 400: Invalid JSON");
        }
        if (REFUSED_BEFORE_THE_HANDLER.contains(status) && "application/json".equals(type)) {
            Optional<String> message = json(reply)
                    .map(json -> json.path("message"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
            if (message.isPresent()) {
                return new Answer.Refused<>(Refusal.BAD_REQUEST, "HTTP " + status + ": " + message.get());
            }
        }
        return new Answer.Unknown<>("HTTP " + status);
    }

    private static Optional<JsonNode> json(Reply reply) {
        try {
            JsonNode json = JSON.readTree(reply.body());
            return json.isMissingNode() ? Optional.empty() : Optional.of(json);
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            // Jackson lets an exponent that no BigDecimal can hold out as the latter two.
            return Optional.empty();
        }
    }

    private static @Nullable String mediaType(Reply reply) {
        String type = reply.contentType();
        return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
