package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, on a desk and on a telephone. Only in {@code mvn -Pcheck verify}; pictures are in {@code target/pages}. */
class PageCheck {

    private static final Path PICTURES = Path.of("target", "pages");
    private static final List<Integer> WIDTHS = List.of(1280, 800, 390);

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String run = UUID.randomUUID().toString();
    /** As long as an order_id may be, with nothing to break it at. */
    private final String longest = "page-" + "x".repeat(128 - 5 - run.length()) + run;

    private PurserProcess purser() {
        return PurserProcess.of(parts, "pages")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_ACCOUNTS_A_VERY_LONG_NAME_OF_AN_ACCOUNT_API_KEY", ledger.newBuyer())
                .with("PURSER_APPROVAL_ABOVE", "60");
    }

    /** One of each: bought, held, rejected, unreadable, in quarantine, on the bill. */
    private String furnish(PurserProcess purser) throws IOException {
        String customer = ledger.newCustomer();
        parts.orders().send("page-dead-" + run, "{\"order_id\":\"" + "y".repeat(3000));
        purser.post("/api/v1/orders", OrdersTopic.order(longest, customer));
        purser.post(
                "/api/v1/orders",
                OrdersTopic.order("page-held-" + run, customer).replace("\"ram\":4", "\"ram\":16"));
        purser.post(
                "/api/v1/orders",
                OrdersTopic.order("page-nobody-" + run, UUID.randomUUID().toString()));
        purser.inbox().drop("no-" + "longname".repeat(20) + ".csv", "colour,size\nred,4\n");
        purser.inbox()
                .drop(
                        "good & <b>bold Übung 2031.csv",
                        ADropFolder.HEADER + ADropFolder.row("page-csv-" + run, customer));
        for (Map.Entry<String, String> each : Map.of(
                        longest,
                        "PROVISIONED",
                        "page-held-" + run,
                        "HELD",
                        "page-nobody-" + run,
                        "REJECTED",
                        "page-csv-" + run,
                        "PROVISIONED")
                .entrySet()) {
            purser.awaitState(each.getKey(), each.getValue());
        }
        String id = new ObjectMapper()
                .readTree(purser.post("/api/v1/reconciliations", "{}").body())
                .path("id")
                .asText();
        Awaitility.await("the bill is read")
                .atMost(Duration.ofSeconds(60))
                .until(() -> purser.get("/api/v1/reconciliations/" + id).body().contains("\"COMPLETED\""));
        return "/api/v1/reconciliations/" + id + "/report.html";
    }

    @Test
    void each_page_shows_its_figures_fits_a_desk_and_a_telephone_complains_of_nothing_and_prints() throws IOException {
        Path program = Chromium.installed().orElse(null);
        if (program == null) {
            System.out.println("SKIPPED: no Chromium here, so nobody looks at the pages");
        }
        assumeTrue(program != null, "Chromium");
        Files.createDirectories(PICTURES);
        Path profile = Files.createDirectories(Path.of("target", "chromium-" + run));
        try (PurserProcess purser = purser().start()) {
            String report = furnish(purser);
            try (Chromium chromium = new Chromium(program, profile)) {
                Browsing pages = new Browsing(chromium, purser);
                pages.look("home", "/", "held", "balance", "page-held-" + run, "good & <b>bold Übung 2031.csv");
                pages.look("order", "/orders/" + longest, longest, "provisioned", "48.96");
                pages.look("held", "/orders/page-held-" + run, "needs approval");
                pages.look("nothing", "/orders/nobody-" + run, "There is no order");
                pages.look("letters", "/dead-letters", "page-dead-" + run, "is no JSON");
                pages.look("reconciliation", "/reconciliation", "97.92");
                pages.look("report", report, "MATCHED", "97.92");
            }
        }
    }

    /** @param chromium looks at what the other shows */
    private record Browsing(Chromium chromium, PurserProcess purser) {

        void look(String name, String path, String... figures) throws IOException {
            for (int width : WIDTHS) {
                chromium.open(purser.uri(path), width);

                Files.write(PICTURES.resolve(name + "-" + width + ".png"), chromium.screenshot());
                assertThat(chromium.evaluate("document.body.innerText").toLowerCase())
                        .as("%s at %d", name, width)
                        .contains(Stream.of(figures).map(String::toLowerCase).toList());
                assertThat(Integer.parseInt(chromium.evaluate("String(document.documentElement.scrollWidth)")))
                        .as("%s is no wider than its window", name)
                        .isLessThanOrEqualTo(width);
                assertThat(chromium.complaints().stream().filter(each -> !isPageThatIsNotThere(name, each)))
                        .as("%s at %d", name, width)
                        .isEmpty();
            }
            byte[] pdf = chromium.pdf();
            Files.write(PICTURES.resolve(name + ".pdf"), pdf);
            assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("%PDF-");
        }

        /** The browser calls 404 an error even where it is the right answer. */
        private static boolean isPageThatIsNotThere(String name, String complaint) {
            return name.equals("nothing") && complaint.contains("404");
        }
    }
}
