package dev.purser.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.Money;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Room.Use UNLIMITED = new Room.Use(null, Money.ZERO, Money.ZERO);
    private static final Room ROOM = new Room(Money.of("500.00"), UNLIMITED, UNLIMITED, Money.of("100.00"), Map.of());

    @Test
    void an_order_above_the_amount_waits_for_approval_and_one_at_the_amount_does_not() {
        assertThat(code(ask("100.00", null, null))).isEmpty();
        assertThat(code(ask("100.01", null, null))).contains(Room.NEEDS_APPROVAL);
    }

    @Test
    void an_approved_order_goes_on_up_to_the_approved_price() {
        assertThat(code(ask("120.00", null, "120.00"))).isEmpty();

        Optional<Room.Objection> dearer = ROOM.objectionTo(ask("120.01", null, "120.00"), Planned.NOTHING);

        assertThat(dearer).hasValueSatisfying(objection -> {
            assertThat(objection.code()).isEqualTo(Room.NEEDS_APPROVAL);
            assertThat(objection.message()).contains("120.01", "approved at 120.00");
        });
    }

    @Test
    void nobody_is_asked_to_approve_what_would_be_held_all_the_same() {
        assertThat(code(ask("150.00", "149.99", null))).contains(Room.OVER_MAX_COST);
        assertThat(code(ask("500.01", null, null))).contains(Room.OVER_ORDER);
    }

    @Test
    void an_approval_lifts_no_other_limit() {
        assertThat(code(ask("500.01", null, "500.01"))).contains(Room.OVER_ORDER);
    }

    @Test
    void what_is_reserved_and_spent_leaves_less_room_in_its_day_and_in_its_month() {
        Room.Use used = new Room.Use(Money.of("100.00"), Money.of("30.00"), Money.of("20.00"));

        assertThat(code(new Room(null, used, UNLIMITED), "50.00")).isEmpty();
        assertThat(code(new Room(null, used, UNLIMITED), "50.01")).contains(Room.OVER_DAY);
        assertThat(code(new Room(null, UNLIMITED, used), "50.00")).isEmpty();
        assertThat(code(new Room(null, UNLIMITED, used), "50.01")).contains(Room.OVER_MONTH);
    }

    private static Optional<String> code(Room room, String amount) {
        return room.objectionTo(ask(amount, null, null), Planned.NOTHING).map(Room.Objection::code);
    }

    private static Optional<String> code(Ask ask) {
        return ROOM.objectionTo(ask, Planned.NOTHING).map(Room.Objection::code);
    }

    private static Ask ask(String amount, @Nullable String maxCost, @Nullable String approved) {
        return new Ask(
                Money.of(amount),
                null,
                maxCost == null ? null : Money.of(maxCost),
                approved == null ? null : Money.of(approved));
    }
}
