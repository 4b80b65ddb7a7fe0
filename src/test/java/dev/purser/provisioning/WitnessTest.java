package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Refusal;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WitnessTest {

    private static final UUID US = new UUID(1, 1);
    private static final Answer<List<CartItem>> EMPTY = new Answer.Done<>(List.of());
    private static final Answer<CartItem> GONE = new Answer.Refused<>(Refusal.NOT_FOUND, "no item with id 7");
    private static final Answer<CoCalc.EmailAddress> NOBODY =
            new Answer.Done<>(new CoCalc.EmailAddress(false, Optional.empty()));

    private int asked;

    @Test
    void what_is_empty_for_us_is_empty() {
        Witness witness = witness(new Answer.Done<>(new CoCalc.Identity(US, null)));

        assertThat(witness.list(EMPTY)).isSameAs(EMPTY);
        assertThat(witness.item(GONE)).isSameAs(GONE);
        assertThat(witness.customer(NOBODY)).isSameAs(NOBODY);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void what_is_empty_for_nobody_or_for_somebody_else_says_nothing() {
        Witness anonymous = witness(new Answer.NotSignedIn<>("anonymous"));
        Witness other = witness(new Answer.Done<>(new CoCalc.Identity(new UUID(1, 2), null)));
        Witness lost = witness(new Answer.Unknown<>("HTTP 502"));

        for (Witness witness : List.of(anonymous, other)) {
            assertThat(witness.list(EMPTY)).isInstanceOf(Answer.NotSignedIn.class);
            assertThat(witness.item(GONE)).isInstanceOf(Answer.NotSignedIn.class);
            assertThat(witness.customer(NOBODY)).isInstanceOf(Answer.NotSignedIn.class);
        }
        assertThat(lost.list(EMPTY)).isEqualTo(new Answer.Unknown<>("HTTP 502"));
    }

    @Test
    void an_answer_with_something_in_it_costs_no_question() {
        Witness witness = witness(new Answer.NotSignedIn<>("anonymous"));
        Answer<CoCalc.EmailAddress> known = new Answer.Done<>(new CoCalc.EmailAddress(true, Optional.empty()));

        assertThat(witness.list(new Answer.Done<>(List.of(1)))).isEqualTo(new Answer.Done<>(List.of(1)));
        assertThat(witness.customer(known)).isSameAs(known);
        assertThat(witness.list(new Answer.Unknown<>("HTTP 502"))).isInstanceOf(Answer.Unknown.class);
        assertThat(asked).isZero();
    }

    private Witness witness(Answer<CoCalc.Identity> identity) {
        CoCalc cocalc = (CoCalc) Proxy.newProxyInstance(
                CoCalc.class.getClassLoader(), new Class<?>[] {CoCalc.class}, (proxy, method, arguments) -> {
                    asked++;
                    return identity;
                });
        return new Witness(cocalc, US);
    }
}
