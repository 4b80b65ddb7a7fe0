package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Room;
import dev.purser.intake.DryRun;
import dev.purser.kernel.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class QuotingTest {

    private static final Room.Use UNLIMITED = new Room.Use(null, Money.ZERO, Money.ZERO);
    private static final String ORDER = """
            {"order_id":"%s","account_id":"5ea7ca5e-0000-4000-8000-000000000001","max_cost":%s,
             "license":{"user":"academic","run_limit":%d,"ram":4,"cpu":1,"disk":3,"member":true,"uptime":"short",
                        "boost":false,"period":"monthly"}}""";

    @Test
    void totals_are_of_what_would_be_bought_once() throws IOException {
        Quoting quoting = new Quoting(new Room(Money.of("1000.00"), UNLIMITED, UNLIMITED));
        String one = ORDER.formatted("a", null, 1);

        add(quoting, one, one, ORDER.formatted("b", null, 1), ORDER.formatted("c", null, 0));

        QuotesJson.Totals totals = quoting.sum().totals();
        String price = quoting.sum().items().get(0).price();
        assertThat(totals.price())
                .isEqualTo(Money.of(price).plus(Money.of(price)).toString());
        assertThat(totals.valid()).isEqualTo(2);
        assertThat(totals.duplicate()).isEqualTo(1);
        assertThat(totals.invalid()).isEqualTo(1);
        assertThat(totals.held()).isZero();
    }

    @Test
    void an_order_over_its_own_max_cost_would_be_held() throws IOException {
        Quoting quoting = new Quoting(new Room(Money.of("1000.00"), UNLIMITED, UNLIMITED));

        add(quoting, ORDER.formatted("a", "\"0.01\"", 1));

        assertThat(quoting.sum().items().get(0).held()).isNotNull().satisfies(held -> assertThat(held.code())
                .isEqualTo(Room.OVER_MAX_COST));
        assertThat(quoting.sum().totals().heldPrice())
                .isEqualTo(quoting.sum().totals().price());
    }

    private static void add(Quoting quoting, String... orders) throws IOException {
        DryRun dryRun = new DryRun(Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC), true);
        dryRun.ofJson(("[" + String.join(",", orders) + "]").getBytes(StandardCharsets.UTF_8))
                .entries()
                .forEach(quoting::add);
    }
}
