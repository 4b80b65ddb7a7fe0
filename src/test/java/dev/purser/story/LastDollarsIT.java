package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Sixteen orders on three instances with a purchasing account for each: whose are the last dollars of the campaign? */
class LastDollarsIT {

    private static final int ORDERS = 16;
    private static final BigDecimal LIMIT = new BigDecimal("440.00");
    private static final String HELD =
            "select count(*) from orders where state = 'HELD' and code = 'over_campaign_budget'";

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    @Test
    void the_sum_never_passes_the_limit_and_what_does_not_fit_is_held_until_the_limit_is_raised() {
        ledger.throttleOff();
        String campaign = "edge-" + UUID.randomUUID();
        String customer = ledger.newCustomer();
        List<String> ids = BoughtOnceIT.ids(ORDERS);
        try (PurserProcess first = instance();
                PurserProcess second = first.sibling("last-dollars-2");
                PurserProcess third = first.sibling("last-dollars-3")) {
            Stream.of(first, second, third).forEach(PurserProcess::launch);
            Stream.of(first, second, third).forEach(PurserProcess::awaitReady);

            ids.forEach(id -> parts.orders()
                    .send(id, OrdersTopic.order(id, customer).replace("\"story\"", "\"" + campaign + "\"")));

            Awaitility.await("all are bought or held")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        assertThat(reserved(first, campaign)).isLessThanOrEqualTo(LIMIT);
                        return count(first, HELD)
                                        + count(first, "select count(*) from orders where state = 'PROVISIONED'")
                                == ORDERS;
                    });

            List<BigDecimal> bills = ids.stream()
                    .flatMap(id -> ledger.purchasesOf(id).stream())
                    .map(line -> line.path("cost").decimalValue())
                    .toList();
            BigDecimal price = bills.get(0);
            // Not one more, and not one less.
            assertThat(bills).hasSize(LIMIT.divideToIntegralValue(price).intValue());
            assertThat(count(first, HELD)).isEqualTo(ORDERS - bills.size());
            assertThat(count(
                            first, "select count(distinct purchasing_account) from orders where state = 'PROVISIONED'"))
                    .isGreaterThan(1);

            Stream.of(first, second, third).forEach(PurserProcess::terminate);
            Stream.of(first, second, third).forEach(PurserProcess::awaitExit);
            first.with("PURSER_BUDGET_PER_CAMPAIGN", "10000").start();

            Awaitility.await("what was held is bought")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> count(first, "select count(*) from orders where state = 'PROVISIONED'") == ORDERS);
            assertThat(ids).allSatisfy(id -> assertThat(ledger.purchasesOf(id)).hasSize(1));
        }
    }

    private PurserProcess instance() {
        return PurserProcess.of(parts, "last-dollars-1")
                .with("PURSER_ACCOUNTS_A_API_KEY", ledger.newBuyer())
                .with("PURSER_ACCOUNTS_B_API_KEY", ledger.newBuyer())
                .with("PURSER_ACCOUNTS_C_API_KEY", ledger.newBuyer())
                .with("PURSER_BATCH", "2")
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_BUDGET_PER_CAMPAIGN", LIMIT.toPlainString());
    }

    private static BigDecimal reserved(PurserProcess purser, String campaign) {
        return new BigDecimal(purser.ask("select coalesce(sum(coalesce(spent, amount)), 0) from reservation"
                + " where released_at is null and campaign = '" + campaign + "'"));
    }

    private static int count(PurserProcess purser, String query) {
        return Integer.parseInt(purser.ask(query));
    }
}
