package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KilledInMidWorkIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    @Test
    void orders_by_file_and_by_event_are_each_bought_once_although_purser_is_killed_twice() {
        ledger.throttleOff();
        String customer = ledger.newCustomer();
        List<String> byFile = BoughtOnceIT.ids(40);
        List<String> byEvent = BoughtOnceIT.ids(20);
        try (PurserProcess purser = PurserProcess.of(parts, "killed-in-mid-work")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_ACCOUNTS_SECOND_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_COCALC_TIMEOUT", "PT2S")
                .with("PURSER_LEASE", "PT5S")
                .start()) {
            byEvent.forEach(id -> parts.orders().send(id, OrdersTopic.order(id, customer)));
            purser.inbox()
                    .drop(
                            "many.csv",
                            ADropFolder.HEADER
                                    + byFile.stream()
                                            .map(id -> ADropFolder.row(id, customer))
                                            .reduce("", String::concat));

            awaitStarted(purser, "IN_CART", "CHECKING_OUT");
            purser.kill();
            purser.start();
            awaitStarted(purser, "PURCHASED", "PROVISIONED");
            purser.kill();
            purser.start();

            Awaitility.await("all are provisioned")
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> purser.ask("""
                                    select string_agg(state || ' ' || n, ', ')
                                      from (select state, count(*) as n from orders group by state) states"""), "PROVISIONED 60"::equals);
            for (String id : byFile) {
                assertThat(ledger.purchasesOf(id)).hasSize(1);
            }
            for (String id : byEvent) {
                assertThat(ledger.purchasesOf(id)).hasSize(1);
            }
            assertThat(purser.ask("select count(*) from reservation where spent is null and released_at is null"))
                    .isEqualTo("0");
            assertThat(purser.inbox()
                            .awaitSummary("many")
                            .at("/outcomes/provisioned")
                            .asInt())
                    .isEqualTo(40);
        }
    }

    private static void awaitStarted(PurserProcess purser, String... states) {
        String list = "'" + String.join("','", states) + "'";
        Awaitility.await("an order is on its way")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !purser.ask("select count(*) from orders where state in (" + list + ")")
                        .equals("0"));
    }
}
