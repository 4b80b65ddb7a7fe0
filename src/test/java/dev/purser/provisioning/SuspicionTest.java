package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.foreign;
import static dev.purser.provisioning.Situation.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspicionTest {

    private final Situation situation = new Situation();

    @Test
    void a_cart_that_is_refused_as_a_whole_is_paid_by_halves() {
        situation.inCart(1, 10);
        situation.inCart(2, 20);
        situation.inCart(3, 30);
        situation.suspicion = Suspicion.NONE.refused(List.of(1L, 2L, 3L), Suspicion.listed("bad item"));

        assertThat(situation.decide()).isEqualTo(new Action.UntickOurs(Collections.singletonList(30L)));
    }

    @Test
    void an_item_that_was_refused_alone_is_paid_once_more_and_then_rejected() {
        Line line = situation.inCart(1, 10);
        situation.suspicion = Suspicion.NONE.refused(List.of(1L), Suspicion.listed("bad item"));
        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());

        situation.suspicion = situation.suspicion.refused(List.of(1L), Suspicion.listed("bad item"));
        assertThat(situation.decide()).isEqualTo(new Action.Reject(line, "bad item"));
    }

    /** A person put back what was refused before, or ticked something of their own. */
    @Test
    void an_item_that_was_refused_beside_one_that_nobody_had_asked_to_be_sold_is_not_rejected() {
        situation.inCart(1, 10);
        situation.cart.add(Situation.foreign(99, true));
        situation.suspicion = Suspicion.NONE
                .refused(List.of(1L), Suspicion.listed("bad item"))
                .refused(List.of(1L), Suspicion.listed("bad item"));

        assertThat(situation.decide()).isEqualTo(new Action.SearchAnew());
    }

    @Test
    void a_culprit_that_is_in_the_cart_no_more_is_asked_about_before_it_is_rejected() {
        Line line = situation.inCart(1, 10);
        situation.cart.clear();
        situation.suspicion = Suspicion.NONE
                .refused(List.of(1L), Suspicion.listed("bad item"))
                .refused(List.of(1L), Suspicion.listed("bad item"));

        assertThat(situation.decide()).isEqualTo(new Action.Examine(List.of(line)));
    }

    @Test
    void words_that_nobody_has_recorded_hold_an_order_and_do_not_reject_it() {
        situation.inCart(1, 10);
        situation.suspicion =
                new Suspicion(List.of(1L), true, Suspicion.unlisted("sales are closed today", false), true, Set.of(1L));

        assertThat(held().code()).isEqualTo("checkout_refused");
        assertThat(held().message()).contains("sales are closed today");
    }

    @Test
    void unless_nobody_else_is_known_to_pass() {
        situation.inCart(1, 10);
        situation.suspicion = new Suspicion(
                List.of(1L), true, Suspicion.unlisted("sales are closed today", false), false, Set.of(1L));
        assertThat(situation.decide()).isEqualTo(new Action.AskQuote());

        situation.due(2);
        assertThat(situation.decide()).isInstanceOf(Action.Add.class);

        situation.due.clear();
        situation.inCart(2, 20);
        assertThat(situation.decide()).isEqualTo(new Action.UntickOurs(List.of(10L)));
        assertThat(situation.suspicion.passed(List.of(2L), false).isFound()).isTrue();
        assertThat(situation.suspicion.passed(List.of(1L), false).isFound()).isFalse();
    }

    /** Something else may have been ticked in between. */
    @Test
    void one_that_was_refused_alone_once_or_has_passed_since_is_tried_before_another_that_is_always_refused() {
        Suspicion.Words words = Suspicion.unlisted("sales are closed today", false);
        Line good = situation.inCart(1, 10);
        Line bad = situation.inCart(2, 20);
        List<Line> both = List.of(good, bad);
        Suspicion once = Suspicion.NONE.refused(List.of(1L), words);
        Suspicion other = once.refused(List.of(2L), words).refused(List.of(2L), words);
        assertThat(other.among(both)).containsExactly(good);

        Suspicion passed = once.refused(List.of(1L), words).passed(List.of(1L), false);
        assertThat(passed.refused(List.of(2L), words)
                        .refused(List.of(2L), words)
                        .among(both))
                .containsExactly(good);

        Suspicion refused = once.refused(List.of(1L), words);
        assertThat(refused.refused(List.of(2L), words)
                        .refused(List.of(2L), words)
                        .among(both))
                .containsExactly(bad);
    }

    @Test
    void a_search_is_closer_when_fewer_are_suspected_and_not_when_it_begins_or_starts_over() {
        Suspicion.Words words = Suspicion.unlisted("sales are closed today", true);
        Suspicion begun = Suspicion.NONE.refused(List.of(1L, 2L, 3L), words);

        assertThat(Suspicion.NONE.isNarrowedBy(List.of(1L, 2L, 3L))).isFalse();
        assertThat(begun.isNarrowedBy(List.of(1L, 2L))).isTrue();
        assertThat(begun.isNarrowedBy(List.of(1L, 2L, 3L))).isFalse();
        assertThat(begun.isNarrowedBy(List.of(4L))).isFalse();
    }

    @Test
    void an_item_that_somebody_changed_is_not_the_partners_fault() {
        situation.inCart(1, 10);
        situation.cart.replaceAll(item -> foreign(item.id(), true));
        situation.suspicion = new Suspicion(List.of(1L), true, Suspicion.listed("bad item"), false, Set.of(1L));

        assertThat(held().code()).isEqualTo(QuoteCheck.ITEM_CHANGED);
    }

    private Action.Hold.Held held() {
        return ((Action.Hold) situation.decide()).orders().get(0);
    }
}
