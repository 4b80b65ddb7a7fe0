package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderJsonTest {

    private static final UUID ACCOUNT = UUID.fromString("5ea7ca5e-0000-4000-8000-000000000004");

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void a_single_order_reads_as_the_contract_says() throws JsonProcessingException {
        assertThat(json.readTree(json.writeValueAsString(OrderJson.single(order()))))
                .isEqualTo(json.readTree("""
                {"order_id":"a/b-1","attempt":1,"state":"IN_CART","account_id":"5ea7ca5e-0000-4000-8000-000000000004",
                 "project_id":null,"campaign":"fall-26",
                 "license":{"user":"academic","run_limit":2,"ram":4,"cpu":1,"disk":3,"member":true,"uptime":"always_running",
                            "boost":false,"period":"range","start":"2026-12-01T00:00:00Z","end":"2027-05-31T00:00:00Z",
                            "title":"Calculus 101","description":null},
                 "max_cost":"25.00","email_known":true,"purchasing_account":"main","quoted_cost":"13.90","cost":null,
                 "cart_item_id":17,"license_id":null,"purchase_id":null,"billed_cost":null,"code":null,"message":null,
                 "source":"csv:orders.csv:17","received_at":"2026-11-23T10:00:00Z","completed_at":null,
                 "history":[{"at":"2026-11-23T10:00:00Z","from":null,"to":"RECEIVED","why":"accepted","actor":"csv"}]}"""));
    }

    @Test
    void in_a_list_it_has_no_history() {
        assertThat(json.valueToTree(OrderJson.listed(order())).has("history")).isFalse();
    }

    private static OrderView order() {
        LicenseSpec license = new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                2,
                4,
                1,
                3,
                true,
                LicenseSpec.Uptime.ALWAYS_RUNNING,
                false,
                LicenseSpec.Period.RANGE,
                Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse("2027-05-31T00:00:00Z"),
                "Calculus 101",
                null);
        Instant received = Instant.parse("2026-11-23T10:00:00Z");
        return new OrderView(
                new OrderId("a/b-1"),
                1,
                OrderState.IN_CART,
                ACCOUNT,
                null,
                "fall-26",
                Money.of("25"),
                license,
                true,
                "main",
                Money.of("13.9"),
                null,
                17L,
                null,
                null,
                null,
                null,
                null,
                "csv:orders.csv:17",
                received,
                null,
                List.of(new OrderView.Event(received, null, OrderState.RECEIVED, "accepted", "csv")));
    }
}
