package dev.purser.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Room;
import dev.purser.console.Broker;
import dev.purser.console.Stats;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import dev.purser.provisioning.AccountView;
import dev.purser.provisioning.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdviceTest {

    private static final Room.Use UNLIMITED = new Room.Use(null, Money.ZERO, Money.ZERO);
    private static final Room LIMITED = new Room(Money.of("500"), UNLIMITED, UNLIMITED);

    @Test
    void when_all_is_well_there_is_nothing_to_do() {
        assertThat(Advice.on(
                        stats(0, 0, 0),
                        List.of(account(LIMITED, false, null)),
                        Optional.empty(),
                        List.of(),
                        Broker.Standing.REACHABLE))
                .isEmpty();
    }

    @Test
    void an_order_that_stays_unknown_for_long_needs_a_person() {
        List<Advice> advice = Advice.on(
                stats(0, 2, 1, 0),
                List.of(account(LIMITED, false, null)),
                Optional.empty(),
                List.of(),
                Broker.Standing.REACHABLE);

        assertThat(advice.get(0).urgency()).isEqualTo(Advice.Urgency.NEEDS_YOU);
        assertThat(advice.get(0).text()).startsWith("1 order stays unknown for too long");
    }

    @Test
    void what_stops_all_buying_comes_first() {
        List<Advice> advice = Advice.on(
                stats(1, 2, 3),
                List.of(
                        account(new Room(null, UNLIMITED, UNLIMITED), false, null),
                        account(LIMITED, true, "bought twice")),
                Optional.empty(),
                List.of(held("over_max_cost", "32.46 USD is over the order's max_cost of 5.00 USD")),
                Broker.Standing.AWAY);

        assertThat(advice).extracting(Advice::urgency).isSorted();
        assertThat(advice.get(0).text()).contains("no budget", "PURSER_BUDGET_PER_ORDER");
        assertThat(advice.get(1).text()).contains("paused: bought twice");
        assertThat(advice)
                .extracting(Advice::text)
                .anyMatch(text -> text.startsWith("Kafka does not answer"))
                .anyMatch(text -> text.contains("o-1 is held: 32.46 USD is over"))
                .anyMatch(text -> text.contains("2 orders may or may not have happened"))
                .anyMatch(text -> text.startsWith("3 inputs could not be understood"));
    }

    @Test
    void held_orders_with_the_same_reason_are_told_once_with_their_remedy() {
        List<Advice> advice = Advice.on(
                stats(5, 0, 0),
                List.of(account(LIMITED, false, null)),
                Optional.empty(),
                List.of(held("no_funds", "the balance is 3.00 USD"), held("no_funds", "the balance is 3.00 USD")),
                Broker.Standing.OFF);

        assertThat(advice).extracting(Advice::text).hasSize(2);
        assertThat(advice.get(0).text()).contains("2 orders are held with code no_funds", "Add credit");
        assertThat(advice.get(1).text()).startsWith("3 older orders");
    }

    @Test
    void a_pause_of_all_accounts_is_told_once_and_says_how_it_ends() {
        List<Advice> advice = Advice.on(
                stats(0, 0, 0),
                List.of(
                        account(LIMITED, true, "month end (http:alice)"),
                        account(LIMITED, true, "month end (http:alice)")),
                Optional.of(new Pauses.Pause("month end", "http:alice", Instant.EPOCH)),
                List.of(),
                Broker.Standing.OFF);

        assertThat(advice).singleElement().satisfies(only -> {
            assertThat(only.urgency()).isEqualTo(Advice.Urgency.STOPPED);
            assertThat(only.text()).contains("paused by http:alice: month end", "POST /api/v1/resume");
        });
    }

    private static Stats stats(long held, long unknown, long deadLetters) {
        return stats(held, unknown, 0, deadLetters);
    }

    private static Stats stats(long held, long unknown, long parked, long deadLetters) {
        return new Stats(
                Map.of(OrderState.HELD, held, OrderState.UNKNOWN, unknown),
                held + unknown,
                unknown,
                unknown == 0 ? null : 90L,
                parked,
                0,
                deadLetters,
                0L);
    }

    private static AccountView account(Room room, boolean paused, String reason) {
        return new AccountView("main", UUID.randomUUID(), null, paused, reason, room, List.of(), null, null, null);
    }

    private static OrderView held(String code, String message) {
        LicenseSpec license = new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                1,
                4,
                1,
                3,
                true,
                LicenseSpec.Uptime.SHORT,
                false,
                LicenseSpec.Period.MONTHLY,
                null,
                null,
                null,
                null);
        return new OrderView(
                new OrderId("o-1"),
                1,
                OrderState.HELD,
                UUID.randomUUID(),
                null,
                null,
                null,
                license,
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                code,
                message,
                "csv:orders.csv:1",
                Instant.EPOCH,
                null,
                List.of());
    }
}
