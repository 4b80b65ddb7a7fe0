package dev.purser.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was asked of the sandbox, for tests that count calls and look for two checkouts at once. */
final class Tally {
    private static final String ANYBODY = "";

    private final Map<String, Map<String, Integer>> calls = new TreeMap<>();
    private final Map<String, Map<String, Integer>> refusals = new TreeMap<>();
    private final Map<String, Integer> running = new TreeMap<>();
    private final Map<String, Integer> most = new TreeMap<>();

    synchronized void called(@Nullable String caller, String endpoint) {
        count(calls, caller == null ? "anonymous" : caller, endpoint);
        count(calls, ANYBODY, endpoint);
    }

    synchronized void refused(String caller, String endpoint) {
        count(refusals, caller, endpoint);
        count(refusals, ANYBODY, endpoint);
    }

    synchronized void checkoutBegins(String account) {
        for (String who : new String[] {account, ANYBODY}) {
            most.merge(who, running.merge(who, 1, Integer::sum), Math::max);
        }
    }

    synchronized void checkoutEnds(String account) {
        running.merge(account, -1, Integer::sum);
        running.merge(ANYBODY, -1, Integer::sum);
    }

    synchronized void clear() {
        calls.clear();
        refusals.clear();
        most.clear();
    }

    synchronized void report(ObjectNode ledger) {
        ledger.set("calls", counts(calls));
        ledger.set("throttle_refusals", counts(refusals));
        ObjectNode accounts = Json.object();
        most.forEach((who, number) -> {
            if (!who.equals(ANYBODY)) {
                accounts.put(who, number);
            }
        });
        ledger.set(
                "checkouts_at_once",
                Json.object().put("max", most.getOrDefault(ANYBODY, 0)).set("accounts", accounts));
    }

    private static void count(Map<String, Map<String, Integer>> counts, String who, String endpoint) {
        counts.computeIfAbsent(who, key -> new TreeMap<>()).merge(endpoint, 1, Integer::sum);
    }

    private static ObjectNode counts(Map<String, Map<String, Integer>> counts) {
        ObjectNode total = Json.object();
        ObjectNode accounts = Json.object();
        counts.forEach((who, endpoints) -> {
            ObjectNode target = who.equals(ANYBODY) ? total : accounts.putObject(who);
            endpoints.forEach(target::put);
        });
        return Json.object().<ObjectNode>set("total", total).set("accounts", accounts);
    }
}
