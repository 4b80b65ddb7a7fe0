package dev.purser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The sample orders as files of {@code data/samples/}. The dates in {@code samples/} count from today, written
 * <code>{{today+7}}</code>; they are filled in once, so that another run feeds the very same orders, which are duplicates then.
 */
final class DemoSamples {

    static final String ORDERS_TOPIC = "purser.orders.v1";

    /** An order_id that says so belongs to a row that becomes no order. */
    private static final String BAD = "-bad-";

    private static final Pattern DAY = Pattern.compile("\\{\\{today\\+(\\d+)}}");

    private final ObjectMapper json = new ObjectMapper();
    private final Path csv;
    private final Path events;

    private DemoSamples(Path csv, Path events) {
        this.csv = csv;
        this.events = events;
    }

    static DemoSamples fillIn(Path samples, Path data, LocalDate today) throws IOException {
        return new DemoSamples(
                filled(samples.resolve("orders.csv"), data, today),
                filled(samples.resolve("orders.jsonl"), data, today));
    }

    private static Path filled(Path sample, Path data, LocalDate today) throws IOException {
        Path filled = Files.createDirectories(data.resolve("samples")).resolve(sample.getFileName());
        if (!Files.exists(filled)) {
            String text = DAY.matcher(Files.readString(sample))
                    .replaceAll(match ->
                            today.plusDays(Long.parseLong(match.group(1))).toString());
            moveIntoPlace(text, filled);
        }
        return filled;
    }

    /** The orders that these samples are about: each must get an outcome or be held. */
    Set<String> orderIds(boolean withEvents) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        try (var rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            rows.forEach(row -> ids.add(row.getField("order_id")));
        }
        if (withEvents) {
            events().forEach(event -> ids.add(orderId(read(event))));
        }
        ids.removeIf(id -> id.isEmpty() || id.contains(BAD));
        return ids;
    }

    int rows() throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            return (int) rows.stream().count();
        }
    }

    List<String> events() throws IOException {
        return Files.readAllLines(events).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Appears in the inbox all at once. */
    void drop(Path inbox) throws IOException {
        moveIntoPlace(Files.readString(csv), Files.createDirectories(inbox).resolve(csv.getFileName()));
    }

    boolean waitIn(Path inbox) {
        return Files.exists(inbox.resolve(csv.getFileName()));
    }

    void send(String bootstrapServers) throws IOException, InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (String event : events()) {
                JsonNode read = read(event);
                String key = orderId(read);
                var record = new ProducerRecord<>(ORDERS_TOPIC, key.isEmpty() ? null : key, event);
                String type = read.has("specversion") ? "application/cloudevents+json" : "application/json";
                record.headers().add("content-type", type.getBytes(StandardCharsets.US_ASCII));
                sent.add(producer.send(record));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private JsonNode read(String event) {
        try {
            return json.readTree(event);
        } catch (JsonProcessingException e) {
            return json.nullNode();
        }
    }

    private static String orderId(JsonNode event) {
        return (event.has("specversion") ? event.path("data") : event)
                .path("order_id")
                .asText();
    }

    private static void moveIntoPlace(String text, Path target) throws IOException {
        Path hidden = target.resolveSibling("." + target.getFileName() + ".part");
        Files.writeString(hidden, text);
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
