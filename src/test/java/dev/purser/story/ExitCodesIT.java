package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts build on: each exit code of each verb, and always one JSON document on standard output. */
class ExitCodesIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path dir;

    @Test
    void beside_a_running_purser_each_verb_ends_as_its_work_ended() throws IOException {
        ledger.throttleOff();
        try (PurserProcess purser = PurserProcess.of(parts, "exit-codes")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_BUDGET_PER_ORDER", "1000")
                .with("PURSER_UNKNOWN_PARK_AFTER", "PT6S")
                .start()) {
            ledger.call("POST", "purchases", """
                    {"account":"%s","kind":"manual","cost":12.34,"time":"%s"}
                    """.formatted(
                            boundAccount(purser), Instant.now().minus(Duration.ofHours(2))));
            String good = file("good", row("good"));
            String dear = file("dear", row("dear").replace(",1,4,1,3,", ",500,4,1,3,"));
            String lost = file("lost", row("lost"));

            ends(0, purser.type("quote", good, "--json"));
            ends(0, purser.type("import", good, "--wait", "--json"));
            ends(0, purser.type("orders", "--json"));
            ends(0, purser.type("replay", "--json"));
            ends(
                    2,
                    purser.type(
                            "import",
                            file("wrong", row("wrong").replace(",1,4,1,3,", ",1,99,1,3,")),
                            "--wait",
                            "--json"));
            ends(3, purser.type("quote", dear, "--json"));
            ends(3, purser.type("import", dear, "--wait", "--json"));
            ends(2, purser.type("replay", "987654321", "--json"));

            ledger.breakOnce("purchases/shopping-cart-checkout", "reset_before", "{}");
            ledger.call("POST", "faults", """
                    {"endpoint":"shopping/cart/recent-purchases","kind":"http_503","count":1000,"params":{}}""");
            TypedVerb unknown = purser.type("import", lost, "--wait", "--json");
            ends(4, unknown);
            assertThat(unknown.json().at("/orders/UNKNOWN").asInt()).isEqualTo(1);
            ends(4, purser.type("reconcile", "--json"));
            ledger.heal();
            purser.awaitState("exit-lost-" + run, "PROVISIONED");
            ends(2, purser.type("reconcile", "--json"));
        } finally {
            ledger.heal();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "import orders.csv --wait, 1",
        "orders, 1",
        "reconcile, 1",
        "replay, 1",
        "quote nowhere.csv, 1",
        "serve, 78"
    })
    void without_a_purser_and_without_a_configuration_each_verb_says_so(String line, int exit) throws IOException {
        file("orders", row("alone"));

        TypedVerb verb = TypedVerb.run(Map.of("QUARKUS_HTTP_PORT", "1"), dir, (line + " --json").split(" "));

        ends(exit, verb);
        assertThat(verb.out() + verb.err()).doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quote", "orders --limit 0", "reconcile --close", "replay x", "serve --fast"})
    void a_line_that_cannot_be_read_is_64_with_the_usage(String line) {
        TypedVerb verb = TypedVerb.run(Map.of(), dir, (line + " --json").split(" "));

        ends(64, verb);
        assertThat(verb.err()).contains("Usage: java -jar quarkus-run.jar " + line.split(" ")[0]);
    }

    private static void ends(int exit, TypedVerb verb) {
        assertThat(verb.exit()).as("%s%n%s", verb.out(), verb.err()).isEqualTo(exit);
        assertThat(verb.json().isContainerNode()).as(verb.out()).isTrue();
    }

    private String file(String name, String row) throws IOException {
        return Files.writeString(dir.resolve(name + ".csv"), ADropFolder.HEADER + row)
                .toString();
    }

    /** CoCalc is asked whose the key is while Purser is ready already. */
    private static String boundAccount(PurserProcess purser) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> purser.ask("select max(account_id::text) from purchasing_account"), Objects::nonNull);
    }

    /** What these commands print is kept like a log, and in a log is no student's name. */
    private String row(String name) {
        return ADropFolder.row("exit-" + name + "-" + run, customer).replace(Canaries.STUDENT, "all");
    }
}
