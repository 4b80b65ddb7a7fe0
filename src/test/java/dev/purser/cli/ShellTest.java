package dev.purser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellTest {

    private final TypedLine line = new TypedLine();

    @Test
    void no_verb_means_serve() {
        assertThat(line.type().started).containsExactly("serve");
        assertThat(line.type("--json").started).containsExactly("serve", "serve with json");
        assertThat(line.exit).isZero();
    }

    @Test
    void each_verb_that_runs_for_long_is_started_by_the_house() {
        line.type("serve").type("demo").type("sandbox", "--json");

        assertThat(line.started).containsExactly("serve", "demo", "sandbox with json");
    }

    @Test
    void an_unknown_verb_is_a_usage_error_that_names_the_nearest_one_and_lists_all() {
        line.type("sevre");

        assertThat(line.exit).isEqualTo(64);
        assertThat(line.err())
                .startsWith("There is no verb 'sevre'. Did you mean 'serve'?")
                .contains("demo", "sandbox");
        assertThat(line.out()).isEmpty();
        assertThat(line.started).isEmpty();
    }

    @Test
    void an_unknown_option_is_a_usage_error_with_the_usage_of_its_verb() {
        line.type("demo", "--jsn");

        assertThat(line.exit).isEqualTo(64);
        assertThat(line.err())
                .startsWith("There is no option '--jsn'. Did you mean '--json'?")
                .contains("java -jar quarkus-run.jar demo");
    }

    @Test
    void what_a_verb_does_not_take_is_a_usage_error() {
        line.type("serve", "now\u001b[31m");

        assertThat(line.exit).isEqualTo(64);
        assertThat(line.err()).startsWith("Nothing is known of 'now [31m'.");
    }

    @Test
    void with_json_a_usage_error_is_one_json_document() {
        line.type("sevre", "--json");

        assertThat(line.json().path("error").asText()).startsWith("There is no verb 'sevre'.");
        assertThat(line.json().path("exit_code").asInt()).isEqualTo(64);
    }

    @Test
    void help_lists_the_verbs_and_the_exit_codes_and_each_verb_has_its_own() {
        assertThat(line.type("--help").out()).contains("serve", "demo", "sandbox", "Exit codes: 0 done; 1 failed;");
        assertThat(line.exit).isZero();
        assertThat(line.type("help", "sandbox").out()).contains("a pretend CoCalc API v2", "--json");
        assertThat(line.type("sandbox", "-h").out()).contains("a pretend CoCalc API v2");
        assertThat(line.started).isEmpty();
    }
}
