package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ACsvOrderBecomesALicenseIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    @Test
    void a_row_of_a_dropped_file_is_bought_once_stored_handed_over_and_announced() {
        String customer = ledger.newCustomer();
        String orderId = "story-csv-" + UUID.randomUUID();
        try (PurserProcess purser = PurserProcess.of(parts, "a-csv-order")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .start()) {

            purser.inbox().drop("orders.csv", ADropFolder.HEADER + ADropFolder.row(orderId, customer));

            JsonNode order = purser.awaitState(orderId, "PROVISIONED");
            String license = order.path("license_id").asText();
            assertThat(ledger.purchasesOf(orderId)).singleElement().satisfies(line -> assertThat(
                            line.at("/description/license_id").asText())
                    .isEqualTo(license));
            assertThat(ledger.license(license).path("managers").toString()).contains(customer);
            assertThat(purser.ask("select license_id from orders where order_id = '" + orderId + "'"))
                    .isEqualTo(license);
            assertThat(parts.outcomes().awaitEvents(orderId, "dev.purser.order.provisioned.v1"))
                    .extracting(OutcomesTopic.Event::type)
                    .containsExactly("dev.purser.order.accepted.v1", "dev.purser.order.provisioned.v1");
            purser.inbox().awaitSummary("orders");
            assertThat(purser.inbox().awaitResult("orders.results.csv")).contains(orderId, license, "provisioned");
            assertThat(purser.log().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
                    .as("where all is well, nobody is warned")
                    .isEmpty();
        }
    }
}
