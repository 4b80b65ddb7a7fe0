package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private Scene scene;

    @BeforeEach
    void start() {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private void found(Run run, Finding... findings) {
        assertThat(scene.rows(run)).extracting(ReportRow::finding).containsExactlyInAnyOrder(findings);
        assertThat(run.unexplainedCents()).isZero();
    }

    private ReportRow only(Run run) {
        assertThat(scene.rows(run)).hasSize(1);
        return scene.rows(run).get(0);
    }

    @Test
    void what_was_billed_as_it_was_ordered_matches() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();

        Run run = scene.compare();

        assertThat(only(run))
                .extracting(
                        ReportRow::finding,
                        ReportRow::orderId,
                        ReportRow::purchaseId,
                        ReportRow::cartItemId,
                        ReportRow::ordered,
                        ReportRow::billed,
                        ReportRow::difference,
                        ReportRow::rule)
                .containsExactly(Finding.MATCHED, "a", 100L, 7L, 4950L, 4950L, 0L, "exact");
        assertThat(run.billCents()).isEqualTo(4950);
        assertThat(run.unexplainedCents()).isZero();
    }

    @Test
    void an_order_without_an_item_of_its_own_is_found_by_its_token_and_then_by_its_license() {
        var byToken = scene.order("a", 7, "49.50").stored();
        var byLicense = scene.order("b", 8, "49.50").stored();
        scene.line(100, 70, "a", "49.5").license(byToken.license).stored();
        scene.line(101, 80, null, "49.5").license(byLicense.license).stored();

        found(scene.compare(), Finding.MATCHED, Finding.MATCHED);
    }

    @Test
    void the_same_amount_makes_no_match() {
        scene.order("a", 7, "49.50").stored();
        scene.line(100, 8, null, "49.5").license(UUID.randomUUID()).stored();

        found(scene.compare(), Finding.ORDERED_NOT_BILLED, Finding.BILLED_NOT_ORDERED);
    }

    @Test
    void a_doubled_checkout_is_billed_twice_and_the_license_that_is_left_is_the_match() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(UUID.randomUUID()).stored();
        scene.line(101, 7, "a", "49.5").license(order.license).stored();

        Run run = scene.compare();

        assertThat(scene.rows(run))
                .extracting(ReportRow::finding, ReportRow::purchaseId, ReportRow::ordered, ReportRow::billed)
                .containsExactlyInAnyOrder(
                        tuple(Finding.BILLED_TWICE, 100L, null, 4950L), tuple(Finding.MATCHED, 101L, 4950L, 4950L));
        assertThat(run.unexplainedCents()).isZero();
    }

    @Test
    void two_items_with_one_token_are_billed_twice_and_so_is_a_strangers_item() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        scene.line(101, 9, "a", "49.5").license(UUID.randomUUID()).stored();
        scene.line(102, 50, null, "5").license(UUID.randomUUID()).stored();
        scene.line(103, 50, null, "5").license(UUID.randomUUID()).stored();

        found(scene.compare(), Finding.MATCHED, Finding.BILLED_TWICE, Finding.BILLED_NOT_ORDERED, Finding.BILLED_TWICE);
    }

    @Test
    void tokens_of_others_and_of_orders_that_nobody_knows_are_not_ours() {
        scene.line(100, 7, null, "5")
                .text(7, "x\npurser:other:a")
                .license(UUID.randomUUID())
                .stored();
        scene.line(101, 8, "lost", "5").license(UUID.randomUUID()).stored();

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::finding, ReportRow::note)
                .containsExactlyInAnyOrder(
                        tuple(Finding.BILLED_NOT_ORDERED, "another installation ordered it: purser:other:a"),
                        tuple(
                                Finding.BILLED_NOT_ORDERED,
                                "it carries our token of order lost, which is not known here"));
    }

    @Test
    void another_amount_differs_and_a_4_byte_real_does_not() {
        var dear = scene.order("a", 7, "49.50").stored();
        var real = scene.order("b", 8, "300000.01").stored();
        scene.line(100, 7, "a", "49.51").license(dear.license).stored();
        scene.line(101, 8, "b", "300000").license(real.license).stored();

        Run run = scene.compare();

        assertThat(scene.rows(run))
                .extracting(ReportRow::finding, ReportRow::orderId, ReportRow::difference, ReportRow::rule)
                .containsExactlyInAnyOrder(
                        tuple(Finding.AMOUNT_DIFFERS, "a", 1L, null), tuple(Finding.MATCHED, "b", -1L, "float32"));
        assertThat(scene.rows(run)).extracting(ReportRow::rawCost).contains(new BigDecimal("49.51"));
    }

    @Test
    void a_range_that_cocalc_shrank_because_it_had_started_matches_by_that_rule() {
        Instant bought = Instant.parse("2026-12-15T00:00:00Z");
        var order = scene.order("a", 7, "50.00").stored();
        var late = scene.order("b", 8, "50.00").stored();
        // (4 * 0.625 + 5) / 1.2 * 2 + 3 * 0.25 / 0.6 is 13.75 a month, 0.6 of it 8.25; 167 days of 30.5 are 45.17 and a
        // part.
        scene.line(100, 7, "a", "45.18")
                .license(order.license)
                .with("time", bought.toString())
                .with("period_start", bought.toString())
                .stored();
        scene.line(101, 8, "b", "44.18")
                .license(late.license)
                .with("time", bought.toString())
                .with("period_start", bought.toString())
                .stored();

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::finding, ReportRow::orderId, ReportRow::rule)
                .containsExactlyInAnyOrder(
                        tuple(Finding.MATCHED, "a", "range_started"), tuple(Finding.AMOUNT_DIFFERS, "b", null));
    }

    @Test
    void another_period_differs() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5")
                .license(order.license)
                .with("period_end", ENDS_LATER)
                .stored();

        found(scene.compare(), Finding.PERIOD_DIFFERS);
    }

    private static final String ENDS_LATER = "2027-06-30T00:00:00Z";

    @Test
    void a_subscription_is_billed_by_the_calendar_and_renews_itself() {
        var order = scene.order("a", 7, "12.38")
                .with("period", "MONTHLY")
                .with("starts", null)
                .with("ends", null)
                .stored();
        scene.line(100, 7, "a", "12.38")
                .license(order.license)
                .with("period_start", "2026-11-10T00:00:00.000Z")
                .with("period_end", "2026-12-10T23:59:59.999Z")
                .stored();
        scene.other(101, "edit-license", "12.38").license(order.license).stored();
        scene.other(102, "edit-license", "12.38").license(UUID.randomUUID()).stored();

        found(scene.compare(), Finding.MATCHED, Finding.RENEWAL, Finding.OTHER_SERVICE);
    }

    @Test
    void a_subscription_renews_itself_at_whatever_price_and_never_for_nothing() {
        var order = scene.order("a", 7, "12.38").with("period", "MONTHLY").stored();
        scene.other(101, "edit-license", "13.5").license(order.license).stored();
        scene.other(102, "edit-license", "0").license(order.license).stored();
        scene.other(103, "edit-license", "-3").license(order.license).stored();

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::purchaseId, ReportRow::finding, ReportRow::note)
                .contains(
                        tuple(101L, Finding.RENEWAL, null),
                        tuple(102L, Finding.BILLED_NOT_ORDERED, "it edits the license of order a"),
                        tuple(103L, Finding.REFUND_OR_CREDIT, "service edit-license"));
    }

    @Test
    void a_range_never_renews_itself_so_whatever_edits_its_license_nobody_ordered() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        edit(101, "2027-05-31T00:00:00Z", "2027-06-30T00:00:00Z", order.license);

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::purchaseId, ReportRow::finding, ReportRow::note)
                .contains(tuple(101L, Finding.BILLED_NOT_ORDERED, "it edits the license of order a"));
    }

    @Test
    void what_is_renewed_runs_longer_than_before_and_an_upgrade_by_hand_does_not() {
        var order = scene.order("a", 7, "12.38")
                .with("period", "MONTHLY")
                .with("starts", null)
                .with("ends", null)
                .with("purchase_id", 100L)
                .stored();
        scene.line(100, 7, "a", "12.38")
                .license(order.license)
                .with("period_start", "2026-11-10T00:00:00.000Z")
                .with("period_end", "2026-12-10T23:59:59.999Z")
                .stored();
        // As CoCalc writes it: from now on to an end that is a month later.
        edit(101, "2026-12-05T12:00:00Z", "2027-01-10T23:59:59Z", order.license);
        // As others write it: from the end on.
        edit(102, "2027-01-11T00:00:00Z", "2027-02-10T23:59:59Z", order.license);
        // Lapsed, and renewed after some time.
        edit(103, "2027-02-25T12:00:00Z", "2027-03-10T23:59:59Z", order.license);
        // By hand: more RAM for the rest of the month.
        edit(104, "2026-11-20T12:00:00Z", "2026-12-10T23:59:00Z", order.license);
        edit(105, "2027-01-20T12:00:00Z", "2027-02-10T23:59:00Z", order.license);
        scene.other(106, "edit-license", "3")
                .license(order.license)
                .edited("2027-02-10T23:59:59Z", "2027-02-10T23:59:59Z")
                .stored();
        scene.other(107, "edit-license", "12.38")
                .license(order.license)
                .edited("2027-02-10T23:59:59Z", "2027-03-10T23:59:59Z")
                .stored();

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::purchaseId, ReportRow::finding, ReportRow::note)
                .containsExactlyInAnyOrder(
                        tuple(100L, Finding.MATCHED, null),
                        tuple(101L, Finding.RENEWAL, null),
                        tuple(102L, Finding.RENEWAL, null),
                        tuple(103L, Finding.RENEWAL, null),
                        tuple(104L, Finding.BILLED_NOT_ORDERED, "it edits the license of order a"),
                        tuple(105L, Finding.BILLED_NOT_ORDERED, "it edits the license of order a"),
                        tuple(106L, Finding.BILLED_NOT_ORDERED, "it edits the license of order a"),
                        tuple(107L, Finding.RENEWAL, null));
    }

    private void edit(long id, String from, String to, UUID license) {
        scene.other(id, "edit-license", "12.38")
                .license(license)
                .with("time", from)
                .with("period_start", from)
                .with("period_end", to)
                .stored();
    }

    @Test
    void a_negative_line_of_an_item_is_a_refund_and_never_the_purchase() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "-49.5").license(order.license).stored();
        scene.line(101, 7, "a", "49.5").license(order.license).stored();
        scene.line(102, 8, null, "-5").license(UUID.randomUUID()).stored();
        scene.line(103, 8, null, "5").license(UUID.randomUUID()).stored();

        Run run = scene.compare();

        assertThat(scene.rows(run))
                .extracting(ReportRow::purchaseId, ReportRow::finding)
                .containsExactlyInAnyOrder(
                        tuple(100L, Finding.REFUND_OR_CREDIT),
                        tuple(101L, Finding.MATCHED),
                        tuple(102L, Finding.REFUND_OR_CREDIT),
                        tuple(103L, Finding.BILLED_NOT_ORDERED));
        assertThat(run.unexplainedCents()).isZero();
    }

    @Test
    void a_license_whose_buyer_is_not_told_need_not_be_billed_and_one_without_a_date_is_of_the_runs_day() {
        long id = scene.run(Range.OPEN, true);
        scene.license(UUID.randomUUID(), null, id);
        scene.license(UUID.randomUUID(), Scene.ACCOUNT, id);
        scene.database.soon(db -> db.update("update managed_license set created = null"));

        Run run = scene.compare(id);

        found(run, Finding.LICENSE_NOT_BILLED);
        assertThat(new Breakdowns(scene.database).of(id).days())
                .extracting(slice -> slice.key())
                .containsExactly(
                        run.startedAt().atZone(java.time.ZoneOffset.UTC).toLocalDate());
    }

    @Test
    void credits_refunds_and_metered_services_are_what_they_are() {
        scene.other(100, "credit", "-1000").stored();
        scene.other(101, "refund", "-5.5").stored();
        scene.other(102, "compute-server", "0.0123").stored();
        scene.other(103, "compute-server", null)
                .with("cost_so_far", new BigDecimal("3.21"))
                .stored();

        Run run = scene.compare();

        found(run, Finding.REFUND_OR_CREDIT, Finding.REFUND_OR_CREDIT, Finding.OTHER_SERVICE, Finding.OTHER_SERVICE);
        assertThat(run.billCents()).isEqualTo(-100_000 - 550 + 1 + 321);
        assertThat(run.discrepancies()).isZero();
    }

    @Test
    void orders_that_need_no_purchase_are_no_differences() {
        for (String state :
                new String[] {"RECEIVED", "RESOLVED", "HELD", "IN_CART", "REJECTED", "FAILED", "CANCELLED"}) {
            scene.order(state, state.hashCode(), "5.00").unbought(state).stored();
        }

        Run run = scene.compare();

        assertThat(scene.rows(run)).hasSize(7).allSatisfy(row -> {
            assertThat(row.finding()).isEqualTo(Finding.MATCHED);
            assertThat(row.rule()).isEqualTo("no_purchase");
            assertThat(row.billed()).isNull();
        });
    }

    @Test
    void what_is_bought_or_unknown_must_be_billed_once_the_grace_time_is_over() {
        scene.order("bought", 1, "5.00").stored();
        scene.order("unknown", 2, "5.00").unbought("UNKNOWN").stored();
        scene.order("young", 3, "5.00").with("state_since", Instant.now()).stored();
        scene.order("paying", 4, "5.00")
                .unbought("CHECKING_OUT")
                .with("state_since", Instant.now())
                .stored();

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::orderId, ReportRow::finding)
                .containsExactlyInAnyOrder(
                        tuple("bought", Finding.ORDERED_NOT_BILLED),
                        tuple("unknown", Finding.ORDERED_NOT_BILLED),
                        tuple("young", Finding.IN_FLIGHT),
                        tuple("paying", Finding.IN_FLIGHT));
    }

    @Test
    void a_line_of_an_order_that_is_about_to_be_settled_is_in_flight_and_one_of_a_cancelled_order_is_not_ordered() {
        scene.order("paying", 1, "5.00")
                .unbought("CHECKING_OUT")
                .with("state_since", Instant.now())
                .stored();
        scene.order("cancelled", 2, "5.00").unbought("CANCELLED").stored();
        scene.line(100, 1, "paying", "5")
                .license(UUID.randomUUID())
                .with("time", Instant.now().toString())
                .stored();
        scene.line(101, 2, "cancelled", "5").license(UUID.randomUUID()).stored();

        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::orderId, ReportRow::finding)
                .containsExactlyInAnyOrder(
                        tuple("paying", Finding.IN_FLIGHT), tuple("cancelled", Finding.BILLED_NOT_ORDERED));
    }

    @Test
    void licenses_and_purchases_belong_together() {
        var gone = scene.order("gone", 1, "5.00").stored();
        var there = scene.order("there", 2, "49.50").stored();
        scene.line(100, 1, "gone", "5").license(gone.license).stored();
        scene.line(101, 2, "there", "49.5").license(there.license).stored();
        long id = scene.run(Range.OPEN, true);
        scene.license(there.license, Scene.ACCOUNT, id);
        scene.license(UUID.randomUUID(), Scene.ACCOUNT, id);
        scene.license(UUID.randomUUID(), UUID.randomUUID(), id);

        found(scene.compare(id), Finding.BILLED_NO_LICENSE, Finding.MATCHED, Finding.LICENSE_NOT_BILLED);
    }

    @Test
    void a_later_pull_that_failed_takes_no_license_away_and_what_it_stored_is_not_judged_yet() {
        var there = scene.order("there", 2, "49.50").stored();
        var younger = scene.order("younger", 3, "49.50").stored();
        scene.line(101, 2, "there", "49.5").license(there.license).stored();
        long id = scene.run(Range.OPEN, true);
        scene.compare(id);
        scene.license(there.license, Scene.ACCOUNT, id + 1);
        scene.line(102, 3, "younger", "49.5")
                .license(younger.license)
                .with("time", Instant.now().plusSeconds(1).toString())
                .stored();
        UUID young = UUID.randomUUID();
        scene.license(young, Scene.ACCOUNT, id + 1);
        scene.database.soon(db -> db.update(
                "update managed_license set created = now() + interval '1 second' where license_id = ?", young));

        found(
                scene.compare(new Runs(scene.database).enter(Range.OPEN, "as a month's closing")),
                Finding.MATCHED,
                Finding.MATCHED);
    }

    @Test
    void a_range_of_days_has_the_lines_and_orders_of_these_days() {
        var before = scene.order("before", 1, "5.00").stored();
        var within = scene.order("within", 2, "5.00").stored();
        scene.line(100, 1, "before", "5")
                .license(before.license)
                .with("time", "2026-11-10T23:59:59.999Z")
                .stored();
        scene.line(101, 2, "within", "5")
                .license(within.license)
                .with("time", "2026-11-11T00:00:00.000Z")
                .stored();
        java.time.LocalDate day = java.time.LocalDate.parse("2026-11-11");

        Run run = scene.compare(scene.run(new Range(day, day), false));

        assertThat(only(run).orderId()).isEqualTo("within");
        assertThat(run.billCents()).isEqualTo(500);
    }

    @Test
    void a_discrepancy_lives_until_the_facts_agree() {
        var order = scene.order("a", 7, "49.50").stored();

        scene.compare();
        scene.compare();
        Discrepancies discrepancies = new Discrepancies(scene.database);
        Discrepancy open = discrepancies.list(true, null, 10).get(0);
        discrepancies.explain(open.id(), "alice", "CoCalc promised to bill it");
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        Run last = scene.compare();

        assertThat(open)
                .extracting(Discrepancy::finding, Discrepancy::seenTimes, Discrepancy::subject)
                .containsExactly(Finding.ORDERED_NOT_BILLED, 2, "order:a");
        assertThat(discrepancies.list(true, null, 10)).isEmpty();
        assertThat(discrepancies.find(open.id()).orElseThrow().explanation().by())
                .isEqualTo("alice");
        List<Discrepancy> closed = scene.database.soon(db -> Docket.closed(db, last.id(), 0, 10));
        assertThat(closed).hasSize(1);
    }
}
