package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sliding windows for each account and endpoint, asked second, minute, hour in turn: a call counts in every window that
 * let it pass, also when the next one refuses it. Counters live in memory and start empty, as there.
 */
final class Throttle {
    private record Window(String name, Duration length) {}

    private static final List<Window> WINDOWS = List.of(
            new Window("second", Duration.ofSeconds(1)),
            new Window("minute", Duration.ofMinutes(1)),
            new Window("hour", Duration.ofHours(1)));
    private static final Map<String, Integer> COCALC = Map.of("second", 3, "minute", 15, "hour", 200);

    private final Clock clock;
    private final Tally tally;
    private final Map<String, Deque<Long>> passed = new HashMap<>();
    private Map<String, Integer> limits = COCALC;

    Throttle(Clock clock, Tally tally) {
        this.clock = clock;
        this.tally = tally;
    }

    synchronized void check(String account, String endpoint) {
        long now = clock.millis();
        for (Window window : WINDOWS) {
            Integer limit = limits.get(window.name());
            if (limit == null) {
                continue;
            }
            long length = window.length().toMillis();
            Deque<Long> calls =
                    passed.computeIfAbsent(account + " " + endpoint + " " + window.name(), key -> new ArrayDeque<>());
            while (!calls.isEmpty() && calls.peekFirst() <= now - length) {
                calls.removeFirst();
            }
            if (calls.size() >= limit) {
                tally.refused(account, endpoint);
                Long oldest = calls.peekFirst();
                long wait = oldest == null ? length : oldest + length - now;
                throw new Thrown(refusal(endpoint, Math.max(1, (wait + 999) / 1000), limit, window.name()));
            }
            calls.addLast(now);
        }
    }

    private static String refusal(String endpoint, long seconds, int limit, String window) {
        return "too many requests to " + endpoint + "; try again in " + seconds
                + (seconds == 1 ? " second" : " seconds") + " (rule: at most " + limit + " requests per " + window
                + ")";
    }

    /** {@code {"off":true}}, or limits by window; a window that is left out keeps CoCalc's. */
    synchronized ObjectNode change(JsonNode wish) {
        passed.clear();
        Map<String, Integer> changed = new HashMap<>();
        if (!wish.path("off").asBoolean()) {
            COCALC.forEach(
                    (window, limit) -> changed.put(window, wish.path(window).asInt(limit)));
        }
        limits = changed;
        ObjectNode answer = Json.object().put("off", changed.isEmpty());
        changed.forEach(answer::put);
        return answer;
    }

    synchronized void clear() {
        passed.clear();
    }
}
