package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as somebody types it. */
class CommandLineIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path dir;

    private String file(String... rows) throws IOException {
        return Files.writeString(dir.resolve("orders.csv"), ADropFolder.HEADER + String.join("", rows))
                .toString();
    }

    private String row(String name) {
        return ADropFolder.row("line-" + name + "-" + run, customer);
    }

    @Test
    void beside_a_running_purser_the_verbs_quote_import_list_and_find_everything_well() throws IOException {
        ledger.throttleOff();
        try (PurserProcess purser = PurserProcess.of(parts, "command-line")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .start()) {
            String file = file(row("good"), row("bad").replace(",1,4,1,3,", ",1,99,1,3,"));

            TypedVerb quote = purser.type("quote", file);
            assertThat(quote.exit()).isEqualTo(2);
            assertThat(quote.err()).isEmpty();
            assertThat(quote.out()).contains("2 orders: 1 valid", "ram: must be a whole number from 1 to 16");

            TypedVerb imported = purser.type("import", file, "--wait", "--json");
            assertThat(imported.exit()).as(imported.err()).isEqualTo(2);
            assertThat(imported.json().at("/orders/PROVISIONED").asInt()).isEqualTo(1);
            assertThat(ledger.purchasesOf("line-good-" + run)).hasSize(1);

            TypedVerb refused = purser.type(
                    "import",
                    Files.writeString(dir.resolve("none.csv"), "colour\nred\n").toString(),
                    "--wait");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("It lies in quarantine").doesNotContain("without being watched");

            TypedVerb orders = purser.type("orders", "--q", "line-good-" + run);
            assertThat(orders.exit()).isZero();
            assertThat(orders.out()).contains("line-good-" + run, "PROVISIONED", "license ");

            TypedVerb reconcile = purser.type("reconcile", "--json");
            assertThat(reconcile.exit()).as(reconcile.err()).isZero();
            assertThat(reconcile.json().at("/reconciliation/state").asText()).isEqualTo("COMPLETED");
            assertThat(reconcile.json().at("/reconciliation/total/count").asInt())
                    .isPositive();

            TypedVerb doctor = purser.type("doctor", "--json");
            assertThat(doctor.exit()).as(doctor.out()).isZero();
            assertThat(doctor.json().path("fail").asInt()).isZero();
            assertThat(doctor.out())
                    .contains("migrations are made", "broker(s) answer", "a partner.", "A Purser answers at");
        }
    }

    @Test
    void a_dead_letter_is_foreseen_and_read_once_more_and_what_stays_unreadable_ends_with_2() {
        try (PurserProcess purser = PurserProcess.of(parts, "command-line-replay")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .start()) {
            parts.orders().send("line-dead-" + run, "{\"order_id\":");
            Awaitility.await("the dead letter is kept")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> purser.ask("select count(*) from dead_letter where state = 'OPEN'")
                            .equals("1"));

            TypedVerb preview = purser.type("replay", "--preview");
            assertThat(preview.exit()).as(preview.err()).isEqualTo(2);
            assertThat(preview.out()).contains("unreadable", "is no JSON that can be read");

            TypedVerb replay = purser.type("replay", "--json");
            assertThat(replay.exit()).isEqualTo(2);
            assertThat(replay.json().at("/items/0/result").asText()).isEqualTo("refused");
        }
    }

    @Test
    void with_a_broken_configuration_the_doctor_names_what_is_wrong_buys_nothing_and_ends_with_78() {
        Map<String, String> broken = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", parts.newDatabase(),
                "QUARKUS_DATASOURCE_USERNAME", "purser",
                "QUARKUS_DATASOURCE_PASSWORD", "wrong-and-secret",
                "PURSER_COCALC_URL", parts.cocalcUrl(),
                "PURSER_ACCOUNTS_MAIN_API_KEY", Canaries.planted("sk-never-heard-of-" + run),
                "PURSER_KAFKA_ENABLED", "false",
                "PURSER_BUDGET_PERDAY", "100",
                "QUARKUS_HTTP_PORT", "1");
        int checkouts = ledger.callsOf("purchases/shopping-cart-checkout");

        TypedVerb doctor = TypedVerb.run(broken, dir, "doctor", "--json");

        assertThat(doctor.exit()).isEqualTo(78);
        assertThat(doctor.out() + doctor.err()).doesNotContain("secret", "sk-never", "\tat ");
        JsonNode checks = doctor.json().path("checks");
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.path("area").asText()).isEqualTo("account main");
            assertThat(check.path("level").asText()).isEqualTo("fail");
            assertThat(check.path("todo").asText()).contains("put a new key of the same account there");
        });
        assertThat(checks)
                .anySatisfy(check -> assertThat(check.path("message").asText()).contains("PURSER_BUDGET_PERDAY"));
        assertThat(ledger.callsOf("purchases/shopping-cart-checkout")).isEqualTo(checkouts);
    }

    @Test
    void without_anything_quote_reckons_by_itself_and_a_verb_that_is_none_is_a_usage_error() throws IOException {
        Map<String, String> nothing = Map.of("QUARKUS_HTTP_PORT", "1");

        TypedVerb quote = TypedVerb.run(nothing, dir, "quote", file(row("good")), "--json");
        assertThat(quote.exit()).as(quote.err()).isZero();
        assertThat(quote.err()).startsWith("No Purser answers at http://localhost:1, so this is reckoned here");
        assertThat(quote.json().at("/totals/price").asText()).matches("[0-9]+\\.[0-9]{2}");

        TypedVerb none = TypedVerb.run(nothing, dir, "qoute");
        assertThat(none.exit()).isEqualTo(64);
        assertThat(none.err()).startsWith("There is no verb 'qoute'. Did you mean 'quote'?");
        assertThat(none.out()).isEmpty();

        TypedVerb serve = TypedVerb.run(nothing, dir, "serve", "--json");
        assertThat(serve.exit()).isEqualTo(78);
        assertThat(serve.json().path("error").asText()).contains("PURSER_COCALC_URL");
    }
}
