package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.MAIN;
import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.PRICE;
import static dev.purser.provisioning.Situation.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.OrderToken;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.OpenAdd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddCheckTest {

    private final Situation situation = new Situation();

    @Test
    void a_batch_closes_when_nothing_new_came_for_half_a_second() {
        Line due = situation.due(1);
        situation.sinceNewestDue = Duration.ofMillis(499);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.sinceNewestDue = Duration.ofMillis(500);
        assertThat(situation.decide())
                .isEqualTo(new Action.Add(Collections.singletonList(due), List.of(Duration.ZERO)));
    }

    @Test
    void a_full_batch_does_not_wait() {
        situation.balance = PRICE.usd().multiply(BigDecimal.valueOf(20));
        for (int i = 0; i < 20; i++) {
            situation.due(i);
        }
        situation.sinceNewestDue = Duration.ZERO;

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Add.class, add -> assertThat(add.orders())
                .hasSize(15));
    }

    @Test
    void what_waits_in_the_cart_takes_nobodys_place() {
        situation.balance = PRICE.usd().multiply(BigDecimal.valueOf(40));
        for (int i = 1; i <= 15; i++) {
            situation.takenOut(situation.inCart(i, i), 100 + i, NOW);
            situation.due(20 + i);
        }
        situation.cart.replaceAll(item -> Situation.item(item.id(), item.description(), false, Situation.SPEC));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Add.class, add -> assertThat(add.orders())
                .hasSize(15));
    }

    @Test
    void what_was_added_and_is_not_in_the_cart_is_looked_for_before_it_is_added_again() {
        situation.due(1);
        situation.addedSinceLook.put(1L, NOW);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.addedSinceLook.clear();
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void what_was_taken_out_of_the_cart_is_added_again_when_nobodys_checkout_can_buy_it_any_more_and_none_has() {
        Line line = line(1, OrderState.RESOLVED, MAIN.id(), 10L);
        situation.bound.add(line);
        situation.takenOut(line, 10, NOW.minusSeconds(69));
        situation.lookedAt = NOW.minusSeconds(1);
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.takenOut(line, 10, NOW.minusSeconds(70));
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.lookedAt = NOW;
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void a_surplus_item_that_was_taken_out_may_be_bought_as_well() {
        Line line = line(1, OrderState.RESOLVED, MAIN.id(), 10L);
        situation.bound.add(line);
        situation.takenOut(line, 10, NOW.minusSeconds(200));
        situation.takenOut(line, 11, NOW.minusSeconds(70));
        situation.lookedAt = NOW.minusMillis(1);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.lookedAt = NOW;
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    /** Somebody may have bought it right after the look, before it was adopted. */
    @Test
    void what_was_in_the_cart_at_the_last_look_and_is_gone_is_looked_for_before_it_is_added_again() {
        Line due = situation.due(1);
        situation.wasInCart(due);
        assertThat(situation.decide()).isEqualTo(new Action.Look());

        situation.inCart.clear();
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void an_item_of_another_installation_says_nothing_about_ours() {
        Line due = situation.due(1);
        situation.inCart.add(new OrderToken("other", due.orderId()));

        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void an_order_whose_range_is_over_is_held() {
        situation.due.add(Situation.ended(1));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Hold.class, hold -> assertThat(hold.orders())
                .singleElement()
                .satisfies(held -> assertThat(held.code()).isEqualTo(Fit.RANGE_OVER)));
    }

    @Test
    void a_batch_closes_although_the_clocks_differ() {
        situation.due(1);
        situation.sinceNewestDue = Duration.ofSeconds(-300);

        assertThat(situation.decide()).isInstanceOf(Action.Add.class);
    }

    @Test
    void no_more_is_added_than_the_minute_leaves() {
        for (int i = 0; i < 15; i++) {
            situation.due(i);
        }
        situation.counted.addAll(Collections.nCopies(11, NOW.minusSeconds(30)));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Add.class, add -> assertThat(add.orders())
                .hasSize(4));
    }

    @Test
    void what_is_in_the_cart_is_paid_rather_than_wait_for_the_next_minute() {
        situation.inCart(1, 10);
        situation.due(2);
        situation.counted.addAll(Collections.nCopies(15, NOW.minusSeconds(5)));

        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());
    }

    @Test
    void while_an_addition_may_still_arrive_nothing_is_added_or_paid() {
        Line lost = line(1, OrderState.RESOLVED, MAIN.id(), null);
        situation.bound.add(lost);
        situation.openAdds.add(new OpenAdd(1, NOW.minusSeconds(84)));
        situation.due(2);
        situation.inCart(3, 30);

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_lost_addition_is_given_up_only_when_the_cart_was_read_after_its_quiet_time() {
        OpenAdd open = new OpenAdd(1, NOW.minusSeconds(86));
        situation.bound.add(line(1, OrderState.RESOLVED, MAIN.id(), null));
        situation.openAdds.add(open);
        situation.cartAt = NOW.minusSeconds(10);
        assertThat(situation.decide()).isEqualTo(new Action.ReadCart());

        situation.cartAt = NOW;
        assertThat(situation.decide()).isEqualTo(new Action.GiveUpAdds(Collections.singletonList(open)));
    }
}
