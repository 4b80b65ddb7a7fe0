package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Plays the recordings of the real implementation to the sandbox, in their order, and wants the same answers. */
class SandboxConformanceTest {
    private static final List<Recording> RECORDINGS = Recording.all();
    private static final int NOT_REPLAYED = 40;
    private static final Pattern BASIC = Pattern.compile("BASE64\\((.*)\\)");

    /** By the beginning of the name, and why. */
    private static final Map<String, String> REASONS = reasons();

    private static final MovableClock CLOCK = new MovableClock("2026-11-23T19:24:00Z");
    private static final Likeness LIKENESS = new Likeness();
    private static Sandbox sandbox;
    private static SandboxClient client;

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("devmode.", "the sandbox is in production mode, without validation");
        reasons.put("vouchers.", "not served");
        reasons.put("customize", "not served");
        reasons.put("cart.processing", "not served: items that wait for a card payment");
        reasons.put("licenses.get-projects", "not served: licenses of own projects");
        reasons.put("db-down.cached-auth.get-email-address-legacy-key", "the cache of legacy keys is not imitated");
        reasons.put("db-down.cached-auth.get-purchases-legacy-key", "the cache of legacy keys is not imitated");
        return reasons;
    }

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start(0, CLOCK);
        client = new SandboxClient(sandbox);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void nothing_is_skipped_silently() {
        List<Recording> skipped =
                RECORDINGS.stream().filter(one -> reasonToSkip(one).isPresent()).toList();
        assertThat(RECORDINGS).hasSize(501);
        assertThat(skipped).extracting(Recording::name).hasSize(NOT_REPLAYED);
        assertThat(REASONS.keySet()).allSatisfy(prefix -> assertThat(skipped)
                .anyMatch(one -> one.name().startsWith(prefix)));
    }

    @TestFactory
    List<DynamicTest> answers_as_recorded() {
        StageDirections stage = new StageDirections(client, CLOCK, RECORDINGS);
        List.of(Actors.PARTNER, Actors.CUSTOMER, Actors.PARTNER_PROJECT, Actors.CUSTOMER_PROJECT)
                .forEach(LIKENESS::same);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < RECORDINGS.size(); i++) {
            Recording recording = RECORDINGS.get(i);
            List<Recording> rest = RECORDINGS.subList(i + 1, RECORDINGS.size());
            if (reasonToSkip(recording).isEmpty()) {
                tests.add(DynamicTest.dynamicTest(recording.name(), () -> {
                    stage.before(recording);
                    try {
                        replay(recording);
                    } finally {
                        stage.after(recording, rest);
                    }
                }));
            }
        }
        assertThat(tests).hasSize(501 - NOT_REPLAYED);
        return tests;
    }

    private static Optional<String> reasonToSkip(Recording recording) {
        return REASONS.entrySet().stream()
                .filter(reason -> recording.name().startsWith(reason.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void replay(Recording recording) {
        Map<String, String> headers = new LinkedHashMap<>();
        recording.headers().forEach((name, value) -> headers.put(name, credentials(value)));
        HttpResponse<String> answer = client.send(
                recording.method(), recording.path(), headers, LIKENESS.inOurWords(whole(recording.body())));
        assertThat(answer.statusCode()).isEqualTo(recording.status());
        assertThat(answer.headers().firstValue("content-type").orElse("")).isEqualTo(recording.header("content-type"));
        assertThat(answer.headers().firstValue("etag").isPresent())
                .isEqualTo(!recording.header("etag").isEmpty());
        assertThat(answer.headers().firstValue("location").orElse("")).isEqualTo(recording.header("location"));
        assertThat(answer.headers().firstValue("vary").orElse("")).isEqualTo(recording.header("vary"));
        if (recording.header("content-type").startsWith("application/json")) {
            JsonNode expected = Objects.requireNonNull(Json.parse(recording.answer()));
            JsonNode actual = Objects.requireNonNull(Json.parse(answer.body()), answer.body());
            assertThat(LIKENESS.differences(expected, actual)).isEmpty();
            if (answer.body().equals(recording.answer())) {
                assertThat(answer.headers().firstValue("etag")).contains(recording.header("etag"));
            }
        } else if (recording.status() != 404) {
            assertThat(answer.body()).isEqualTo(recording.answer());
        }
    }

    private static String credentials(String header) {
        String keys = header.replaceAll("<([A-Z0-9]+)_LEGACY_KEY>", "sk_$1").replaceAll("<([A-Z0-9]+)_KEY>", "sk-$1");
        Matcher basic = BASIC.matcher(keys);
        return basic.replaceAll(
                match -> Base64.getEncoder().encodeToString(match.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    /** The one body that was too long to keep. */
    private static String whole(String body) {
        return body.contains("<truncated, 1100063 characters") ? "{\"x\":\"" + "y".repeat(1_100_000) + "\"}" : body;
    }
}
