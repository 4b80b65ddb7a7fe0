package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.OTHER;
import static dev.purser.provisioning.Situation.line;
import static dev.purser.provisioning.Situation.purchased;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.provisioning.Standing.Bought;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private final Situation situation = new Situation();

    @Test
    void nothing_is_done_before_cart_and_purchases_were_looked_at() {
        situation.due(1);
        situation.looked = false;

        assertThat(situation.decide()).isEqualTo(new Action.Look());
    }

    @Test
    void nothing_is_added_before_the_purchases_of_every_account_were_read() {
        situation.due(1);
        situation.everyoneLooked = false;

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_paused_account_neither_adds_nor_pays() {
        situation.due(1);
        situation.inCart(2, 20);
        situation.quoteTheCart();
        situation.paused = true;

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void an_order_whose_token_reads_as_bought_is_settled_and_not_bought_again() {
        Line line = situation.due(1);
        situation.bought.add(purchased(situation.item(10, line), NOW));

        assertThat(situation.decide()).isInstanceOfSatisfying(Action.Settle.class, settle -> assertThat(settle.bought())
                .singleElement()
                .satisfies(bought -> assertThat(bought.line()).isEqualTo(line)));
    }

    @Test
    void an_order_whose_token_was_ever_seen_bought_on_any_account_is_settled() {
        Bought bought = new Bought(situation.due(1), OTHER, 5, UUID.randomUUID(), NOW);
        situation.boughtBefore.add(bought);

        assertThat(situation.decide()).isEqualTo(new Action.Settle(Collections.singletonList(bought)));
    }
}
