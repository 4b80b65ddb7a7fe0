package dev.purser.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.provisioning.AccountView;
import dev.purser.provisioning.AccountView.Window;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EtaTest {

    private static final Room.Use UNLIMITED = new Room.Use(null, Money.ZERO, Money.ZERO);
    private static final Room LIMITED = new Room(Money.of("500"), UNLIMITED, UNLIMITED);

    @Test
    void nothing_on_its_way_takes_no_time() {
        assertThat(Eta.seconds(0, 0, List.of())).isZero();
    }

    @Test
    void without_an_account_that_can_buy_nobody_knows() {
        AccountView withoutBudget = account(new Room(null, UNLIMITED, UNLIMITED), false, 15, 200);
        AccountView paused = account(LIMITED, true, 15, 200);

        assertThat(Eta.seconds(1, 0, List.of(withoutBudget, paused))).isNull();
    }

    @Test
    void what_fits_into_this_minute_takes_seconds() {
        assertThat(Eta.seconds(10, 0, List.of(account(LIMITED, false, 15, 200))))
                .isBetween(3L, 15L);
        assertThat(Eta.seconds(0, 3, List.of(account(LIMITED, false, 0, 0)))).isBetween(1L, 15L);
    }

    @Test
    void twenty_orders_wait_for_the_minute_window_once() {
        assertThat(Eta.seconds(20, 0, List.of(account(LIMITED, false, 15, 200))))
                .isBetween(15L, 85L);
    }

    @Test
    void a_thousand_orders_take_more_than_four_hours_on_one_account_and_two_on_two() {
        AccountView account = account(LIMITED, false, 15, 200);

        assertThat(Duration.ofSeconds(Eta.seconds(1000, 0, List.of(account))))
                .isBetween(Duration.ofMinutes(4 * 60 + 12), Duration.ofMinutes(4 * 60 + 14));
        assertThat(Duration.ofSeconds(Eta.seconds(1000, 0, List.of(account, account))))
                .isBetween(Duration.ofMinutes(2 * 60), Duration.ofMinutes(2 * 60 + 14));
    }

    @Test
    void without_a_throttle_only_the_pace_counts() {
        AccountView free = new AccountView(
                "main",
                UUID.randomUUID(),
                null,
                false,
                null,
                LIMITED,
                List.of(new Window("shopping/cart/add", "hour", null, null)),
                null,
                null,
                null);

        assertThat(Eta.seconds(1000, 0, List.of(free))).isBetween(300L, 400L);
    }

    private static AccountView account(Room room, boolean paused, int leftInMinute, int leftInHour) {
        return new AccountView(
                "main",
                UUID.randomUUID(),
                null,
                paused,
                null,
                room,
                List.of(
                        new Window("shopping/cart/add", "minute", 15, leftInMinute),
                        new Window("shopping/cart/add", "hour", 200, leftInHour)),
                null,
                null,
                null);
    }
}
