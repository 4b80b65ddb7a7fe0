package dev.purser.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.outcomes.Announcement;
import dev.purser.outcomes.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final Instant NOW = StagedCoCalc.NOW;

    private static Command command() {
        return new Command(
                1, "c-1", Verb.PROJECT_STOP, Content.json("{}"), "http:alice", UUID.randomUUID(), 1, NOW, false, null);
    }

    @Test
    void an_answer_belongs_to_its_command_and_is_the_same_whenever_it_is_told() {
        Announcement answer =
                Ending.succeeded(Bench.object().put("project_id", "p")).announcement(command(), NOW);

        assertThat(answer.topic()).isEqualTo(Topic.RESULTS);
        assertThat(answer.type()).isEqualTo("dev.purser.command.succeeded.v1");
        assertThat(answer.key()).isEqualTo("c-1").isEqualTo(answer.correlationId());
        assertThat(answer.id()).isEqualTo("c-1/succeeded");
        assertThat(Content.json(answer.data())).isEqualTo(Content.json("""
                {"id":"c-1","verb":"project.stop","occurred_at":"2026-11-25T12:00:00Z","result":{"project_id":"p"}}"""));
    }

    @Test
    void a_failure_says_why() {
        JsonNode data = Content.json(Ending.failed("forbidden", "No. Do this.", null)
                .announcement(command(), NOW)
                .data());

        assertThat(data.path("code").asText()).isEqualTo("forbidden");
        assertThat(data.path("message").asText()).isEqualTo("No. Do this.");
        assertThat(data.has("result")).isFalse();
    }

    @Test
    void an_answer_that_is_too_large_to_be_kept_says_to_ask_for_less() {
        Ending ending = Ending.succeeded(Bench.object().put("x", "x".repeat(Ending.LARGEST_RESULT)));

        assertThat(ending.state()).isEqualTo(CommandState.FAILED);
        assertThat(ending.code()).isEqualTo("result_too_large");
        assertThat(ending.result()).isNull();
    }

    @Test
    void the_order_of_keys_makes_no_other_content() {
        String hash = Content.hash("user.query", Content.json("{\"a\":{\"b\":1,\"c\":[2,{\"x\":1,\"y\":2}]},\"d\":3}"));

        assertThat(Content.hash("user.query", Content.json("{\"d\":3,\"a\":{\"c\":[2,{\"y\":2,\"x\":1}],\"b\":1}}")))
                .isEqualTo(hash);
        assertThat(Content.hash("user.query", Content.json("{\"d\":4,\"a\":{\"c\":[2,{\"y\":2,\"x\":1}],\"b\":1}}")))
                .isNotEqualTo(hash);
        assertThat(Content.hash("order.retry", Content.json("{\"a\":{\"b\":1,\"c\":[2,{\"x\":1,\"y\":2}]},\"d\":3}")))
                .isNotEqualTo(hash);
    }

    @Test
    void a_document_is_not_kept_when_its_command_has_ended() {
        assertThat(Content.afterwards("{\"path\":\"a.tex\",\"content\":\"\\\\documentclass\"}"))
                .isEqualTo("{\"path\":\"a.tex\"}");
        assertThat(command().toString()
                        + new Request("i", "latex.compile", Content.json("{\"content\":\"secret\"}"), "s", NOW, null))
                .doesNotContain("secret");
    }

    @Test
    void patience_doubles_up_to_a_minute() {
        assertThat(IntStream.of(1, 2, 3, 6, 7, 100).mapToObj(Obstacle::pause))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(32),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1));
        assertThat(Obstacle.NOT_SIGNED_IN.staysAfter(5)).isFalse();
        assertThat(Obstacle.NOT_SIGNED_IN.staysAfter(6)).isTrue();
        assertThat(Obstacle.NOT_SENT.staysAfter(1_000_000)).isFalse();
    }
}
