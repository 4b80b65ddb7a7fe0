package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * Follows an import until every row is final or held. An order that stays UNKNOWN is waited for until a person is told of it. Of a
 * file that was imported before, the first import has the orders.
 */
final class ImportWatch {

    private static final List<String> ENDED_WITHOUT = List.of("REJECTED", "FAILED", "CANCELLED");
    private static final int ASKS_FOR_ETA_EVERY = 10;

    private final Instance purser;
    private final String id;
    private final Bar bar;
    private final Rest rest;
    private String eta = "";
    private int looks;

    ImportWatch(Instance purser, String id, Bar bar, Rest rest) {
        this.purser = purser;
        this.id = id;
        this.bar = bar;
        this.rest = rest;
    }

    /** @return the import as it stands then */
    ObjectNode untilSettled() {
        ObjectNode now = look();
        while (!isSettled(now)) {
            if (isRead(now)) {
                showBuying(now);
            } else {
                showReading(now);
            }
            rest.take();
            now = look();
        }
        if (isRead(now)) {
            showBuying(now);
        }
        bar.done();
        return now;
    }

    /** Throws when the file lies in quarantine. */
    static void assertTaken(JsonNode ended) {
        if (ended.path("state").asText().equals("QUARANTINED")) {
            throw new Failure(
                    Exit.FAILED,
                    "Purser cannot take this file as orders: "
                            + ended.path("reason").asText()
                            + " It lies in quarantine; mend it and import it again.");
        }
    }

    private ObjectNode look() {
        ObjectNode now = (ObjectNode) purser.get("/api/v1/imports/" + id);
        if (now.path("repeats").isNumber()) {
            now.set(
                    "orders",
                    purser.get("/api/v1/imports/" + now.path("repeats").asText())
                            .path("orders"));
        }
        return now;
    }

    private boolean isSettled(JsonNode now) {
        if (now.path("state").asText().equals("QUARANTINED")) {
            return true;
        }
        if (!isRead(now) || now.path("state").asText().equals("COMPLETE")) {
            return isRead(now);
        }
        long open = all(now) - ended(now) - count(now, "HELD");
        // A file of commands brings no orders, and is complete when each is answered.
        return all(now) > 0 && (open == 0 || (open == count(now, "UNKNOWN") && areParked(now)));
    }

    private static boolean isRead(JsonNode now) {
        return now.path("read_at").isTextual();
    }

    /** A person was told of each of them, so they are not settled soon. */
    private boolean areParked(JsonNode now) {
        String bringer = now.path("repeats").isNumber() ? now.path("repeats").asText() : id;
        JsonNode unknown = purser.get("/api/v1/orders?state=UNKNOWN&limit=500&import=" + bringer);
        return StreamSupport.stream(unknown.path("items").spliterator(), false)
                .allMatch(order -> order.path("code").asText().equals("unknown_parked"));
    }

    private void showReading(JsonNode now) {
        bar.show(
                now.path("bytes_read").asLong(),
                now.path("bytes").asLong(),
                "import " + id + ": " + now.path("rows").asText() + " rows read"
                        + (now.path("rows_per_second").isNumber()
                                ? ", " + now.path("rows_per_second").asText() + " a second"
                                : "")
                        + left(now.path("eta_seconds")));
    }

    private void showBuying(JsonNode now) {
        if (looks++ % ASKS_FOR_ETA_EVERY == 0) {
            eta = left(purser.get("/api/v1/stats").path("eta_seconds"));
        }
        bar.show(ended(now) + count(now, "HELD"), all(now), "import " + id + ": " + orders(now) + eta);
    }

    private static String left(JsonNode seconds) {
        return seconds.asLong() > 0 ? ", about " + seconds.asText() + " s left" : "";
    }

    /** Of 2, 3 and 4 the highest that applies. */
    static Exit exit(JsonNode now) {
        long without =
                ENDED_WITHOUT.stream().mapToLong(state -> count(now, state)).sum();
        return count(now, "UNKNOWN") > 0
                ? Exit.UNKNOWN
                : count(now, "HELD") > 0
                        ? Exit.HELD
                        : now.path("rejected").asLong() + without > 0 ? Exit.REJECTIONS : Exit.DONE;
    }

    /** For example {@code 12 provisioned, 3 held}. */
    static String orders(JsonNode now) {
        List<String> parts = new ArrayList<>();
        now.path("orders").fields().forEachRemaining(state -> {
            if (state.getValue().asLong() > 0) {
                parts.add(state.getValue().asText() + " "
                        + state.getKey().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        });
        return parts.isEmpty() ? "no orders" : String.join(", ", parts);
    }

    private static long ended(JsonNode now) {
        return count(now, "PROVISIONED")
                + ENDED_WITHOUT.stream().mapToLong(state -> count(now, state)).sum();
    }

    private static long all(JsonNode now) {
        return StreamSupport.stream(now.path("orders").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private static long count(JsonNode now, String state) {
        return now.path("orders").path(state).asLong();
    }
}
