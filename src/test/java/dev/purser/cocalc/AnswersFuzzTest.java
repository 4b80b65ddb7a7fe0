package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Whatever CoCalc may answer. Its inputs are kept and tried in every build; {@code mvn -Pcheck verify} looks for more. */
class AnswersFuzzTest {

    private static final UUID ID = UUID.fromString("f01845ee-9d49-4ac6-a41c-810b88484a00");

    private static final List<Function<byte[], Answer<?>>> READINGS = List.of(
            body -> read(body, Shapes::identity),
            body -> read(body, Shapes::emailAddress),
            body -> read(body, Shapes::cart),
            body -> read(body, Shapes::cartItem),
            body -> read(body, Shapes::quote),
            body -> read(body, Shapes::success),
            body -> read(body, Shapes::documentedSuccess),
            body -> read(body, Shapes::ledgerPage),
            body -> read(body, Shapes::licenses),
            body -> read(body, Shapes::query),
            body -> read(body, SpecJson::read),
            body -> read(body, Json::count),
            body -> read(body, Json::amount),
            body -> read(body, json -> Shapes.license(json, ID)));

    @FuzzTest(maxDuration = "10m")
    void every_answer_is_read_as_something(byte[] body) {
        READINGS.forEach(reading -> assertThat(reading.apply(body)).isNotNull());
    }

    private static <T> Answer<T> read(byte[] body, Shape<T> shape) {
        return Reading.read(Endpoint.CART_GET, new Reply(200, "application/json; charset=utf-8", null, body), shape);
    }
}
