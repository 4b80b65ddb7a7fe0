package dev.purser.reconciliation.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.cocalc.CoCalc.LedgerPage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * CoCalc's own count of a ledger: how many lines of each service there are, what they cost together, and the balance that is left.
 *
 * @param services empty where CoCalc does not group
 * @param balance null where CoCalc does not tell it
 */
record Census(
        Optional<Map<String, Count>> services, @Nullable BigDecimal balance) {

    /** @param cost in USD, made of 4-byte reals; null where it is not told */
    record Count(long lines, @Nullable BigDecimal cost) {}

    static Census of(LedgerPage page) {
        Map<String, Count> services = new TreeMap<>();
        for (JsonNode group : page.lines()) {
            JsonNode count = group.path("count");
            String service = group.path("service").textValue();
            if (!count.isIntegralNumber() || service == null || group.has("id")) {
                return new Census(Optional.empty(), page.balance());
            }
            // One group for each project of a service.
            services.merge(service, new Count(count.longValue(), LedgerEntry.amount(group.path("cost"))), Census::plus);
        }
        return new Census(Optional.of(services), page.balance());
    }

    private static Count plus(Count one, Count other) {
        return new Count(
                one.lines() + other.lines(),
                one.cost() == null || other.cost() == null ? null : one.cost().add(other.cost()));
    }

    long lines() {
        return services.map(
                        each -> each.values().stream().mapToLong(Count::lines).sum())
                .orElse(0L);
    }

    /** What is wrong with these lines by this count, in words; empty when every service has as many. */
    List<String> countsThatDiffer(Map<String, Sums> read) {
        List<String> differences = new ArrayList<>();
        Map<String, Count> counted = services.orElse(Map.of());
        counted.forEach((service, count) -> {
            long lines = read.containsKey(service) ? read.get(service).lines() : 0;
            if (lines != count.lines()) {
                differences.add(lines + " lines of service " + service + " were read, CoCalc counts " + count.lines());
            }
        });
        read.forEach((service, sums) -> {
            if (!counted.containsKey(service)) {
                differences.add(sums.lines() + " lines of service " + service + " were read, CoCalc counts none");
            }
        });
        return differences;
    }
}
