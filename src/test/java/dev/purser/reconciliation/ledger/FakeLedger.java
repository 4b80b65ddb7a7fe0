package dev.purser.reconciliation.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.cocalc.CoCalc.LedgerQuery;
import dev.purser.reconciliation.Scene;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A CoCalc with a ledger in memory: newest first, lines of one time in another order at each question. */
final class FakeLedger {

    final List<ObjectNode> lines = new ArrayList<>();
    final List<LedgerQuery> asked = new ArrayList<>();
    final List<CoCalc.License> licenses = new ArrayList<>();
    private final Random random = new Random(1);
    UUID account = Scene.ACCOUNT;
    boolean documented;

    /** A cutoff counts for lines that run, too. */
    boolean runningOnlyInTime;

    /** Lines of one time come in the same order each time. */
    boolean stable;

    /** Lines of a page, whatever was asked. */
    int most = Integer.MAX_VALUE;

    /** Before each question, by its number from 1 on; an answer takes the place of the real one. */
    IntFunction<Answer<LedgerPage>> interruption = number -> null;

    /** On each page. */
    Function<List<JsonNode>, List<JsonNode>> loss = page -> page;

    Answer<CoCalc.Identity> identity = null;

    void add(long id, Instant time, String service, String cost) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", id).put("time", time.toString());
        line.put("cost", cost == null ? null : new BigDecimal(cost));
        line.putNull("cost_so_far");
        line.put("service", service);
        line.putObject("description").put("type", service);
        lines.add(line);
    }

    /** @param tied so many of them have one time */
    void fill(int count, int tied) {
        Instant begin = Instant.parse("2026-10-01T00:00:00Z");
        for (int i = 0; i < count; i++) {
            add(i + 1, begin.plusSeconds(20L * (i / tied)), i % 7 == 0 ? "compute-server" : "license", "12.38");
        }
    }

    CoCalc door() {
        return (CoCalc) Proxy.newProxyInstance(
                CoCalc.class.getClassLoader(),
                new Class<?>[] {CoCalc.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "purchases" -> purchases((LedgerQuery) arguments[0]);
                    case "identity" ->
                        identity != null ? identity : new Answer.Done<>(new CoCalc.Identity(account, null));
                    case "managedLicenses" ->
                        new Answer.Done<>(licenses.stream()
                                .skip((int) arguments[1])
                                .limit((int) arguments[0])
                                .toList());
                    case "license" -> new Answer.Refused<>(dev.purser.cocalc.Refusal.NOT_FOUND, "no license with id");
                    case "subscriptions" -> new Answer.Done<>(List.of());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Answer<LedgerPage> purchases(LedgerQuery query) {
        asked.add(query);
        Answer<LedgerPage> instead = interruption.apply(asked.size());
        if (instead != null) {
            return instead;
        }
        List<ObjectNode> all = new ArrayList<>(lines);
        if (!stable) {
            Collections.shuffle(all, random);
        }
        all.sort(Comparator.comparing((ObjectNode line) -> line.path("time").asText())
                .reversed());
        if (query.cutoff() != null) {
            all.removeIf(line -> (runningOnlyInTime || !line.path("cost").isNull())
                    && line.path("time").asText().compareTo(query.cutoff()) < 0);
        }
        if (query.service() != null) {
            all.removeIf(line -> !line.path("service").asText().equals(query.service()));
        }
        BigDecimal balance = documented ? null : new BigDecimal(Float.toString(-sum(lines)));
        if (query.grouped()) {
            return new Answer.Done<>(new LedgerPage(documented ? List.of(all.get(0)) : groups(all), balance));
        }
        List<JsonNode> page = new ArrayList<>(all.stream()
                .skip(query.offset())
                .limit(Math.min(most, query.limit()))
                .toList());
        return new Answer.Done<>(new LedgerPage(loss.apply(page), balance));
    }

    private static List<JsonNode> groups(List<ObjectNode> all) {
        Map<String, List<ObjectNode>> services = new LinkedHashMap<>();
        all.forEach(line -> services.computeIfAbsent(line.path("service").asText(), key -> new ArrayList<>())
                .add(line));
        List<JsonNode> groups = new ArrayList<>();
        services.forEach((service, lines) -> groups.add(JsonNodeFactory.instance
                .objectNode()
                .put("service", service)
                .put("count", lines.size())
                .put("cost", new BigDecimal(Float.toString(sum(lines))))));
        return groups;
    }

    /** As {@code sum(cost::decimal)::real}. */
    private static float sum(List<ObjectNode> lines) {
        return lines.stream()
                .map(line -> line.path("cost").isNull() ? line.path("cost_so_far") : line.path("cost"))
                .filter(JsonNode::isNumber)
                .map(cost -> new BigDecimal(cost.asText()).round(new java.math.MathContext(6)))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .floatValue();
    }
}
