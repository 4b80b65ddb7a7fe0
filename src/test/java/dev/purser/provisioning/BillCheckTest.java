package dev.purser.provisioning;

import static dev.purser.provisioning.Situation.NOW;
import static dev.purser.provisioning.Situation.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Quiet time in these situations: 70 s. */
class BillCheckTest {

    private static final Instant SOLD = NOW.minusSeconds(8);

    private final Situation situation = new Situation();

    @Test
    void a_checkout_that_no_ledger_has_shown_is_asked_about_at_once() {
        closed(1, false, NOW.minusSeconds(1));

        assertThat(situation.decide()).isEqualTo(new Action.ReadLedger(NOW.minusSeconds(10)));
    }

    @Test
    void while_no_answer_comes_it_is_asked_again_and_nothing_is_paid_until_the_quiet_time_is_over() {
        situation.inCart(3, 30);
        closed(1, false, NOW.minusSeconds(69));
        situation.bill = new Bill(NOW.minusSeconds(4), NOW.minusSeconds(500), Optional.empty());
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.bill = new Bill(NOW.minusSeconds(5), NOW.minusSeconds(500), Optional.empty());
        assertThat(situation.decide()).isInstanceOf(Action.ReadLedger.class);

        situation.unproven.clear();
        closed(1, false, NOW.minusSeconds(70));
        assertThat(situation.decide()).isInstanceOf(Action.AskQuote.class);
    }

    @Test
    void nor_beyond_the_throttle() {
        closed(1, false, NOW.minusSeconds(1));
        for (int i = 0; i < 15; i++) {
            situation.ledgerReads.add(NOW.minusSeconds(50 - i));
        }

        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void what_was_billed_as_it_was_bought_is_booked_and_may_still_change() {
        closed(1, false, NOW.minusSeconds(1));
        read(NOW, line(1, 10, SOLD), line(2, 20, SOLD));

        Bill.Verdict verdict = verdict();

        assertThat(verdict.billed().values()).extracting(LedgerLine::id).containsExactly(1L, 2L);
        assertThat(verdict.extra()).isEmpty();
        assertThat(verdict.complete()).isFalse();
        assertThat(verdict.objection()).isNull();
    }

    @Test
    void once_seen_it_is_asked_about_again_when_nothing_of_it_can_come_any_more() {
        closed(1, true, NOW.minusSeconds(69));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.unproven.clear();
        closed(1, true, NOW.minusSeconds(70));
        assertThat(situation.decide()).isInstanceOf(Action.ReadLedger.class);

        read(NOW, line(1, 10, SOLD), line(2, 20, SOLD));
        assertThat(verdict().complete()).isTrue();
    }

    @Test
    void with_more_to_buy_the_next_read_back_is_given_time_to_show_it() {
        situation.inCart(3, 30);
        closed(1, true, NOW.minusSeconds(209));
        assertThat(situation.decide()).isNotInstanceOf(Action.ReadLedger.class);

        situation.unproven.clear();
        closed(1, true, NOW.minusSeconds(210));
        assertThat(situation.decide()).isInstanceOf(Action.ReadLedger.class);
    }

    @Test
    void an_item_that_was_billed_twice_is_an_objection_and_names_the_second_purchase() {
        closed(1, false, NOW.minusSeconds(1));
        read(NOW, line(7, 10, SOLD.plusMillis(40)), line(1, 10, SOLD), line(2, 20, SOLD));

        Bill.Verdict verdict = verdict();

        assertThat(verdict.extra()).extracting(LedgerLine::id).containsExactly(7L);
        assertThat(verdict.objection()).contains("BILLED_TWICE purchase 7 of cart item 10 at " + PRICE + " USD");
        assertThat(verdict.complete()).isTrue();
    }

    @Test
    void another_item_of_the_same_order_that_somebody_bought_is_an_objection() {
        String token = new OrderToken(situation.settings.instance(), new OrderId("order-1")).text();
        closed(1, false, NOW.minusSeconds(1));
        read(
                NOW,
                new LedgerLine(7, SOLD.minusMillis(900), PRICE, 9L, new UUID(1, 7), "section 2\n" + token),
                line(1, 10, SOLD),
                line(2, 20, SOLD));

        assertThat(verdict().objection()).contains("BILLED_TWICE purchase 7 of cart item 9 at " + PRICE + " USD");
    }

    @Test
    void somebodys_item_in_the_same_transaction_is_an_objection_and_at_another_time_it_is_none_of_ours() {
        closed(1, false, NOW.minusSeconds(1));
        read(NOW, line(1, 10, SOLD), line(2, 20, SOLD), line(3, 99, SOLD), line(4, 98, SOLD.plusMillis(1)));

        Bill.Verdict verdict = verdict();

        assertThat(verdict.extra()).extracting(LedgerLine::id).containsExactly(3L);
        assertThat(verdict.objection()).contains("BILLED_NOT_ORDERED purchase 3 of cart item 99");
    }

    @Test
    void a_ledger_that_does_not_reach_back_far_enough_or_does_not_show_all_proves_nothing() {
        closed(1, false, NOW.minusSeconds(1));
        read(NOW, line(1, 10, SOLD));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);

        situation.bill = new Bill(NOW, NOW.minusSeconds(9), Optional.of(List.of(line(1, 10, SOLD), line(2, 20, SOLD))));
        assertThat(situation.decide()).isInstanceOf(Action.Wait.class);
    }

    @Test
    void a_paused_account_still_learns_what_was_billed() {
        situation.paused = true;
        closed(1, false, NOW.minusSeconds(1));

        assertThat(situation.decide()).isInstanceOf(Action.ReadLedger.class);
    }

    private void closed(long checkout, boolean booked, Instant answeredAt) {
        List<PaidLine> lines = List.of(
                new PaidLine(1, new OrderId("order-1"), 10, PRICE), new PaidLine(2, new OrderId("order-2"), 20, PRICE));
        situation.unproven.add(
                new Unproven(checkout, booked, answeredAt, NOW.minusSeconds(10), lines, Set.of(10L, 20L)));
    }

    private void read(Instant askedAt, LedgerLine... lines) {
        situation.bill = new Bill(askedAt, NOW.minus(Duration.ofMinutes(10)), Optional.of(List.of(lines)));
    }

    private static LedgerLine line(long id, long item, Instant time) {
        return new LedgerLine(id, time, PRICE, item, new UUID(1, id), null);
    }

    private Bill.Verdict verdict() {
        return ((Action.BookBill) situation.decide()).verdicts().get(0);
    }
}
