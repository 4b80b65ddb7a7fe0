package dev.purser.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Says after the faults whether every order was bought once, from CoCalc's ledger, PostgreSQL and Kafka alone. */
final class Oracle {

    private static final String TOKEN = "purser:main:";
    private static final Duration TO_END = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final List<String> wrong = new ArrayList<>();

    private Oracle(Fleet fleet) {
        this.fleet = fleet;
    }

    /** @param wrong everything that should not be, in sentences */
    record Verdict(int orders, int purchases, int twice, int lost, List<String> wrong) {}

    /** Waits until every order that was sent is provisioned and told. */
    static Verdict after(Fleet fleet) {
        return new Oracle(fleet).verdict();
    }

    /** Already in the middle of it: no order bought twice, and no two checkouts at once. */
    static List<String> boughtTwice(Fleet fleet) {
        Oracle oracle = new Oracle(fleet);
        oracle.twice(oracle.purchases());
        return oracle.wrong;
    }

    private long twice(Map<String, List<JsonNode>> purchases) {
        long twice =
                purchases.values().stream().filter(lines -> lines.size() > 1).count();
        expect(twice == 0, twice + " orders were bought more than once");
        return twice;
    }

    private Verdict verdict() {
        List<String> sent = fleet.sent();
        await("every order is PROVISIONED", () -> fleet.count("state = 'PROVISIONED'") == sent.size());
        await("everything was told", () -> fleet.ask("select count(*) from outbox")
                .equals("0"));
        int open = sent.size() - fleet.count("state = 'PROVISIONED'");
        expect(open == 0, open + " orders are not PROVISIONED: " + fleet.ask("""
                        select string_agg(state || ' ' || coalesce(code, ''), ', ') from orders where state <> 'PROVISIONED'"""));
        Map<String, List<JsonNode>> purchases = purchases();
        long twice =
                purchases.values().stream().filter(lines -> lines.size() > 1).count();
        long lost = sent.stream().filter(id -> !purchases.containsKey(id)).count();
        expect(lost == 0, lost + " orders were not bought");
        expect(Set.copyOf(sent).containsAll(purchases.keySet()), "something was bought that nobody ordered");
        money(purchases);
        outcomes(sent);
        return new Verdict(
                sent.size(),
                purchases.values().stream().mapToInt(List::size).sum(),
                (int) twice,
                (int) lost,
                List.copyOf(wrong));
    }

    private void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(TO_END)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreException(IllegalStateException.class)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            wrong.add("not within " + TO_END.toSeconds() + " s: " + what);
        }
    }

    /** What this fleet's purchasing account was billed, by order. */
    private Map<String, List<JsonNode>> purchases() {
        String account = fleet.ask("select account_id from purchasing_account");
        JsonNode ledger = fleet.parts().ledger().call("GET", "ledger?only=purchases,checkouts_at_once", "");
        int atOnce = ledger.at("/checkouts_at_once/accounts").path(account).asInt();
        expect(atOnce <= 1, atOnce + " checkouts ran at once");
        Map<String, List<JsonNode>> purchases = new HashMap<>();
        for (JsonNode line : ledger.path("purchases")) {
            String description =
                    line.at("/description/item/description/description").asText();
            int token = description.lastIndexOf(TOKEN);
            if (line.path("account_id").asText().equals(account)
                    && !line.path("service").asText().equals("credit")) {
                purchases
                        .computeIfAbsent(
                                token < 0 ? "" : description.substring(token + TOKEN.length()), id -> new ArrayList<>())
                        .add(line);
            }
        }
        return purchases;
    }

    private void money(Map<String, List<JsonNode>> purchases) {
        BigDecimal billed = purchases.values().stream()
                .flatMap(List::stream)
                .map(line -> line.path("cost").decimalValue().setScale(2, RoundingMode.HALF_UP))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal settled = new BigDecimal(fleet.ask("select coalesce(sum(spent), 0) from reservation"));
        expect(billed.compareTo(settled) == 0, billed + " USD were billed and " + settled + " settled");
        String open = fleet.ask("select count(*) from reservation where spent is null and released_at is null");
        expect(open.equals("0"), open + " reservations are left open");
    }

    private void outcomes(List<String> sent) {
        Map<String, Set<String>> told = new OutcomesTopic(fleet.parts().brokers()).eventIds();
        long wrongly = sent.stream()
                .filter(id -> !Set.of(id + "/1/accepted", id + "/1/provisioned").equals(told.get(id)))
                .count();
        expect(wrongly == 0, wrongly + " orders were not told to be accepted and provisioned, once each");
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
