package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partner in another language: Node, with the CloudEvents project's own package. Only in {@code mvn -Pcheck verify}. */
class ForeignPartnerCheck {

    private static final Path HOME = Path.of("target", "node");

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    private static String run(Path log, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException notThere) {
            return "";
        }
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroy();
        return ended && process.exitValue() == 0 ? Files.readString(log) : "";
    }

    /** Where programs print, once Node and its packages are there; skipped aloud where they cannot be. */
    private static Path ready() throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        for (String file : List.of("package.json", "package-lock.json", "partner.js", "contract.js")) {
            Files.copy(Path.of("src/test/node", file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = HOME.resolve("partner.log").toAbsolutePath();
        boolean ready = !run(log, "node", "--version").isEmpty()
                && !run(log, "npm", "ci", "--no-audit", "--no-fund").isEmpty();
        if (!ready) {
            System.out.println("SKIPPED: no Node with npm here, so nobody foreign exchanges events with Purser");
        }
        assumeTrue(ready, "Node with npm, and its registry");
        return log;
    }

    @Test
    void the_asyncapi_document_and_its_schemas_are_read_by_the_parser_of_the_asyncapi_project()
            throws IOException, InterruptedException {
        Path log = ready();

        String told = run(
                log,
                "node",
                "contract.js",
                Path.of("src/main/resources/contract/asyncapi.json")
                        .toAbsolutePath()
                        .toString());

        assertThat(told).as(Files.readString(log)).contains("6 channels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "structured"})
    void orders_and_outcomes_are_exchanged_with_the_cloudevents_package_of_node(String mode)
            throws IOException, InterruptedException {
        Path log = ready();
        String run = UUID.randomUUID().toString();
        try (PurserProcess purser = PurserProcess.of(parts, "foreign-" + mode)
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_EVENTS_MODE", mode)
                .start()) {
            String told = run(
                    log, "node", "partner.js", parts.brokers(), purser.uri("").toString(), ledger.newCustomer(), run);

            assertThat(told).as(Files.readString(log)).isNotEmpty();
            for (String sent : List.of("binary", "structured", "bare")) {
                String orderId = "node-" + sent + "-" + run;
                assertThat(told.lines().filter(line -> line.contains(orderId)))
                        .anyMatch(line -> line.contains("dev.purser.order.accepted.v1"))
                        .anyMatch(line -> line.contains("dev.purser.order.provisioned.v1"));
                assertThat(ledger.purchasesOf(orderId)).hasSize(1);
            }
        }
    }
}
