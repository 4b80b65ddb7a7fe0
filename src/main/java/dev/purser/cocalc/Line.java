package dev.purser.cocalc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The one place where a question is asked, counted and its answer made safe to print. Asks once; nothing here or below it repeats. */
final class Line {

    private static final ObjectWriter JSON = new JsonMapper().writer();
    private static final int LONGEST_TEXT = 300;
    private static final Pattern EMAIL = Pattern.compile("[^\\s\"'<>@=,;:()]+@[^\\s\"'<>@,;:()]+");

    private final Function<Call, Reply> transport;
    private final UnaryOperator<String> withoutKeys;
    private final MeterRegistry metrics;

    /** @param transport throws what keeps it from answering */
    Line(Function<Call, Reply> transport, UnaryOperator<String> withoutKeys, MeterRegistry metrics) {
        this.transport = transport;
        this.withoutKeys = withoutKeys;
        this.metrics = metrics;
    }

    <T> Answer<T> ask(String account, Endpoint endpoint, JsonNode question, Shape<T> shape) {
        return ask(account, endpoint, question, shape, Duration.ZERO);
    }

    /** @param work how much longer than any call this one may take */
    <T> Answer<T> ask(String account, Endpoint endpoint, JsonNode question, Shape<T> shape, Duration work) {
        Timer.Sample clock = Timer.start(metrics);
        Answer<T> answer = printable(answer(new Call(account, endpoint, bytes(question), work), shape));
        clock.stop(metrics.timer(
                "purser.cocalc.calls",
                "endpoint",
                endpoint.path(),
                "answer",
                answer.getClass().getSimpleName()));
        return answer;
    }

    private <T> Answer<T> answer(Call call, Shape<T> shape) {
        Reply reply;
        try {
            reply = transport.apply(call);
        } catch (RuntimeException e) {
            return call.isUnderWay() ? new Answer.Unknown<>(reason(e)) : new Answer.NotSent<>(reason(e));
        }
        return Reading.read(call.endpoint(), reply, shape);
    }

    /** Half of a surrogate pair goes out escaped; CoCalc refuses it. */
    private static byte[] bytes(JsonNode question) {
        try {
            return JSON.writeValueAsBytes(question);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that we built is JSON", e);
        }
    }

    private static String reason(Throwable wrapped) {
        Throwable cause = wrapped;
        while (cause.getClass().getName().startsWith("org.apache.camel.") && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private <T> Answer<T> printable(Answer<T> answer) {
        return answer.fold(new Answer.Cases<T, Answer<T>>() {
            @Override
            public Answer<T> done(T value) {
                return answer;
            }

            @Override
            public Answer<T> refused(Refusal refusal, String text) {
                return new Answer.Refused<>(refusal, printable(text));
            }

            @Override
            public Answer<T> throttled(Duration wait) {
                return answer;
            }

            @Override
            public Answer<T> notSignedIn(String text) {
                return new Answer.NotSignedIn<>(printable(text));
            }

            @Override
            public Answer<T> notSent(String detail) {
                return new Answer.NotSent<>(printable(detail));
            }

            @Override
            public Answer<T> unknown(String detail) {
                return new Answer.Unknown<>(printable(detail));
            }
        });
    }

    private String printable(String text) {
        String safe = EMAIL.matcher(withoutKeys.apply(text)).replaceAll("***").replaceAll("\\p{Cntrl}", " ");
        return safe.length() <= LONGEST_TEXT ? safe : safe.substring(0, LONGEST_TEXT) + "…";
    }
}
