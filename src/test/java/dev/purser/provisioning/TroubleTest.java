package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TroubleTest {

    private final Trouble trouble = new Trouble();

    @Test
    void the_rest_grows_while_nothing_is_answered_and_ends_with_the_next_answer() {
        trouble.met("no answer");
        Duration first = trouble.rest();
        trouble.begin();
        trouble.met("no answer");
        assertThat(trouble.rest()).isGreaterThan(first);

        trouble.begin();
        trouble.over();

        assertThat(trouble.what()).isNull();
        trouble.begin();
        trouble.met("no answer");
        assertThat(trouble.rest()).isEqualTo(first);
    }

    @Test
    void a_checkout_that_is_refused_again_and_again_rests_up_to_a_minute_although_the_cart_can_be_read() {
        Duration before = Duration.ZERO;
        for (int i = 0; i < 4; i++) {
            trouble.begin();
            trouble.checkoutRefused("field \"custom_ram\" too small or too big");
            assertThat(trouble.rest()).isGreaterThan(before);
            before = trouble.rest();
            trouble.begin();
            trouble.over();
        }
        assertThat(before).isEqualTo(Duration.ofMinutes(1));
        assertThat(trouble.what()).contains("custom_ram");
    }

    @Test
    void somebody_who_refuses_a_checkout_answers() {
        trouble.checkoutRefused("Insufficient credit");
        assertThat(trouble.isAnswering()).isTrue();

        trouble.begin();
        trouble.met("no answer");
        assertThat(trouble.isAnswering()).isFalse();
        assertThat(trouble.what()).isEqualTo("no answer");

        trouble.begin();
        trouble.over();
        assertThat(trouble.isAnswering()).isTrue();
        assertThat(trouble.what()).isEqualTo("Insufficient credit");
    }

    @Test
    void a_refusal_that_brings_the_search_closer_is_followed_up_at_once() {
        trouble.checkoutRefused("sales are closed today");
        trouble.checkoutRefused("sales are closed today");
        Duration before = trouble.rest();

        trouble.closer();

        assertThat(trouble.isMet()).isTrue();
        assertThat(trouble.rest()).isLessThan(before);
        assertThat(trouble.what()).isEqualTo("sales are closed today");
    }

    @Test
    void a_checkout_that_goes_well_ends_it() {
        trouble.checkoutRefused("refused");
        trouble.begin();

        trouble.checkoutWentWell();

        assertThat(trouble.what()).isNull();
    }
}
