package dev.purser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Follows the sample orders over Purser's own HTTP API, as anybody could. */
final class DemoWatch {

    private static final Set<String> ANSWERED = Set.of("PROVISIONED", "REJECTED", "FAILED", "CANCELLED", "HELD");
    private static final int EXAMPLES_OF_A_STATE = 3;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI purser;
    private final Map<String, Seen> orders = new LinkedHashMap<>();

    private record Seen(String state, JsonNode order) {
        boolean isAnswered() {
            return ANSWERED.contains(state);
        }

        String field(String name) {
            return order.path(name).asText("");
        }
    }

    DemoWatch(URI purser, Collection<String> orderIds) {
        this.purser = purser;
        orderIds.forEach(id -> orders.put(id, new Seen("not yet read", json.missingNode())));
    }

    boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks again about the orders that had no answer when last looked at. */
    void look() throws IOException, InterruptedException {
        for (Map.Entry<String, Seen> order : orders.entrySet()) {
            if (!order.getValue().isAnswered()) {
                HttpResponse<String> response = get("/api/v1/orders/" + order.getKey());
                if (response.statusCode() == 401 || response.statusCode() == 403) {
                    throw new IOException("Purser's API asks for a token (PURSER_API_TOKENS_FILE), so the demo cannot"
                            + " follow its orders; the console can");
                }
                if (response.statusCode() == 200) {
                    JsonNode read = json.readTree(response.body());
                    order.setValue(new Seen(read.path("state").asText(), read));
                }
            }
        }
    }

    boolean everyOrderIsAnswered() {
        return orders.values().stream().allMatch(Seen::isAnswered);
    }

    /** Whether every event about them is on Kafka by now. */
    boolean everythingIsPublished() throws IOException, InterruptedException {
        return json.readTree(get("/api/v1/stats").body()).path("outbox").asInt(-1) == 0;
    }

    /** For example {@code IN_CART 15 · PROVISIONED 12}. */
    String counts() {
        return orders.values().stream()
                .collect(Collectors.groupingBy(Seen::state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(state -> state.getKey() + " " + state.getValue())
                .collect(Collectors.joining(" · "));
    }

    List<String> unanswered() {
        return orders.entrySet().stream()
                .filter(order -> !order.getValue().isAnswered())
                .map(order -> order.getKey() + " (" + order.getValue().state() + ")")
                .toList();
    }

    /** All that went another way than to a license, and the first few that became one. */
    String table() {
        StringBuilder table = new StringBuilder(String.format("  %-24s %-12s %8s  %s%n", "order", "state", "USD", ""));
        Map<String, Integer> shown = new TreeMap<>();
        orders.forEach((id, seen) -> {
            boolean licensed = seen.state().equals("PROVISIONED");
            if (!licensed || shown.merge(seen.state(), 1, Integer::sum) <= EXAMPLES_OF_A_STATE) {
                table.append(String.format(
                        "  %-24s %-12s %8s  %s%n",
                        id,
                        seen.state(),
                        licensed ? seen.field("cost") : "",
                        licensed ? "license " + seen.field("license_id") : seen.field("message")));
            }
        });
        return table.toString();
    }

    /** {@code {"items":[…]}}, each order as the API has it. */
    JsonNode document() {
        ObjectNode document = json.createObjectNode();
        ArrayNode items = document.putArray("items");
        orders.values().forEach(seen -> items.add(seen.order()));
        return document;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(purser.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
