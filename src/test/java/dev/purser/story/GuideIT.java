package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The examples in the partners' pages do what the pages say. */
class GuideIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+ ?[\\w.]*(?: [\\w.]+)?)\\n(.*?)^```$");

    private final ObjectMapper json = new ObjectMapper();
    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();

    private record Block(String label, String text) {}

    private List<Block> blocks(String page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("docs", page)));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2).replace("{customer}", customer)));
        }
        return blocks;
    }

    private String block(String page, String label) throws IOException {
        return blocks(page).stream()
                .filter(block -> block.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " has no block " + label))
                .text();
    }

    @Test
    void orders_by_kafka_http_and_csv_end_as_the_pages_say() throws IOException {
        try (PurserProcess purser = PurserProcess.of(parts, "guide")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .start()) {
            ProducerRecord<byte[], byte[]> structured = new ProducerRecord<>(
                    OrdersTopic.NAME,
                    "guide-structured".getBytes(),
                    block("send-orders-by-kafka.md", "json structured").getBytes());
            structured.headers().add("content-type", "application/cloudevents+json".getBytes());
            parts.orders()
                    .sendRaw(List.of(
                            structured,
                            new ProducerRecord<>(
                                    OrdersTopic.NAME,
                                    "guide-bare".getBytes(),
                                    block("send-orders-by-kafka.md", "json bare")
                                            .getBytes())));
            purser.inbox().drop("orders.csv", block("send-orders-by-csv.md", "csv"));
            int calls = called(purser, "send-orders-by-http.md")
                    + called(purser, "send-orders-by-kafka.md")
                    + called(purser, "send-orders-by-csv.md");

            assertThat(calls).isEqualTo(4);
            for (String order : List.of("guide-structured", "guide-bare", "guide-http", "guide-csv-1", "guide-csv-3")) {
                purser.awaitState(order, "PROVISIONED");
            }
            assertSays(
                    json.readTree(block("send-orders-by-csv.md", "json summary")),
                    purser.inbox().awaitSummary("orders"));
            assertThat(purser.inbox().awaitResult("orders.results.csv"))
                    .contains(block("send-orders-by-csv.md", "text errors").strip());
            String outcome = "dev.purser.order.provisioned.v1";
            OutcomesTopic.Event last = parts.outcomes().awaitEvents("guide-structured", outcome).stream()
                    .filter(event -> event.type().equals(outcome))
                    .findFirst()
                    .orElseThrow();
            assertSays(json.readTree(block("read-outcomes.md", "json outcome " + outcome)), json.readTree(last.data()));
        }
    }

    @Test
    void commands_by_kafka_http_and_csv_end_as_the_page_says() throws IOException {
        String buyer = UUID.randomUUID().toString();
        String key = ledger.newKeyOf(buyer);
        ledger.call("POST", "projects", """
                {"project_id":"7d1f0a52-6a64-4f0e-9d0c-2f8f5f9b1a10","collaborators":["%s"],"listings":{"":[]}}
                """.formatted(buyer));
        ResultsTopic results = new ResultsTopic(parts.brokers());
        try (PurserProcess purser = PurserProcess.of(parts, "guide-commands")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", key)
                .start()) {
            new CommandsTopic(parts.brokers()).send(block("automate.md", "json bare"));
            purser.inbox().drop("guide-commands.csv", block("automate.md", "csv"));

            assertThat(called(purser, "automate.md")).isEqualTo(1);
            for (String command : List.of("guide-stop", "guide-list", "guide-1")) {
                assertThat(results.awaitResult(command).type()).isEqualTo("dev.purser.command.succeeded.v1");
            }
            String failed = "dev.purser.command.failed.v1";
            assertSays(
                    json.readTree(block("automate.md", "json result " + failed)),
                    json.readTree(results.awaitResult("guide-2").data()));
            purser.inbox().awaitSummary("guide-commands");
            assertThat(purser.inbox().awaitResult("guide-commands.errors.csv")).contains("guide-2/2,project.stop");
        }
    }

    /** Sends each request of a page and compares the answer with the next block. */
    private int called(PurserProcess purser, String page) throws IOException {
        int calls = 0;
        List<Block> blocks = blocks(page);
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).label().equals("http request")) {
                String[] answer = blocks.get(i + 1).text().split("\\n\\n", 2);
                HttpResponse<String> real = send(purser, blocks.get(i).text());
                assertThat(answer[0]).as(page + " " + real.body()).isEqualTo("HTTP/1.1 " + real.statusCode());
                assertSays(json.readTree(answer[1]), json.readTree(real.body()));
                calls++;
            }
        }
        return calls;
    }

    private static HttpResponse<String> send(PurserProcess purser, String request) {
        String[] headAndBody = request.split("\\n\\n", 2);
        String[] lines = headAndBody[0].split("\\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0], header[1]);
        }
        assertThat(lines[0]).startsWith("POST ");
        String path = lines[0].substring("POST ".length());
        String type = headers.remove("Content-Type");
        if (!type.equals("application/json")) {
            return purser.post(path, type, headAndBody[1]);
        }
        return purser.post(
                path,
                headAndBody[1],
                headers.entrySet().stream()
                        .flatMap(header -> java.util.stream.Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new));
    }

    /** All that the page shows is there; there may be more. */
    private static void assertSays(JsonNode page, JsonNode real) {
        if (page.isObject()) {
            page.properties().forEach(field -> assertSays(field.getValue(), real.path(field.getKey())));
        } else {
            if (page.isArray()) {
                assertThat(real).hasSameSizeAs(page);
                for (int i = 0; i < page.size(); i++) {
                    assertSays(page.get(i), real.get(i));
                }
            } else {
                assertThat(real).isEqualTo(page);
            }
        }
    }
}
