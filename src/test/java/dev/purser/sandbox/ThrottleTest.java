package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final String PER_SECOND =
            "too many requests to shopping/cart/add; try again in 1 second (rule: at most 3 requests per second)";

    private final MovableClock clock = new MovableClock("2026-11-23T12:00:00Z");
    private final Sandbox sandbox = Sandbox.start(0, clock);
    private final SandboxClient client = new SandboxClient(sandbox);

    @BeforeEach
    void on() {
        client.partner(0);
        client.control("POST", "throttle", "{}");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_fourth_add_in_a_second_is_refused_and_counts_nowhere() {
        for (int i = 0; i < 3; i++) {
            assertThat(add()).isEqualTo("1");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(add()).isEqualTo(PER_SECOND);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(add()).isEqualTo("1");
        assertThat(client.ledger()
                        .path("throttle_refusals")
                        .path("total")
                        .path("shopping/cart/add")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void refusals_by_the_minute_count_in_the_second() {
        for (int i = 0; i < 15; i++) {
            assertThat(add()).isEqualTo("1");
            clock.advance(Duration.ofMillis(500));
        }
        for (int i = 0; i < 2; i++) {
            assertThat(add())
                    .isEqualTo("too many requests to shopping/cart/add; try again in 53 seconds"
                            + " (rule: at most 15 requests per minute)");
        }
        assertThat(add()).isEqualTo(PER_SECOND);
    }

    @Test
    void invalid_adds_use_up_the_quota_and_anonymous_ones_do_not() {
        for (int i = 0; i < 3; i++) {
            assertThat(client.call("shopping/cart/add", "{}").path("error").asText())
                    .contains("product must be set");
            assertThat(client.callAs("sk-unknown", "shopping/cart/add", "{}")
                            .path("error")
                            .asText())
                    .contains("must be signed in");
        }
        assertThat(add()).isEqualTo(PER_SECOND);
    }

    @Test
    void each_account_and_endpoint_has_its_own_windows() {
        client.control("POST", "accounts", "{\"name\":\"other\",\"key\":\"sk-other\"}");
        for (int i = 0; i < 4; i++) {
            add();
        }
        assertThat(client.call("purchases/get-purchases", "{}").has("purchases"))
                .isTrue();
        assertThat(client.callAs("sk-other", "shopping/cart/add", "{\"id\":1}").asText())
                .isEqualTo("0");
        for (int i = 0; i < 20; i++) {
            assertThat(client.call("shopping/cart/get", "{}").isArray()).isTrue();
        }
    }

    @Test
    void other_limits_can_be_set() {
        client.control("POST", "throttle", "{\"second\":1}");
        assertThat(add()).isEqualTo("1");
        assertThat(add()).contains("at most 1 requests per second");
    }

    private String add() {
        var answer = client.call("shopping/cart/add", "{\"product\":\"site-license\",\"description\":{}}");
        return answer.path("error").asText(answer.asText());
    }
}
