package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.purser.reconciliation.ledger.Shelf;
import dev.purser.reconciliation.ledger.Sums;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocketTest {

    private static final Range NOVEMBER = new Range(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"));

    private Scene scene;
    private Discrepancies discrepancies;

    @BeforeEach
    void start() {
        scene = new Scene();
        discrepancies = new Discrepancies(scene.database);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private List<Discrepancy> open() {
        return discrepancies.list(true, null, 100);
    }

    /** As a closing leaves it. */
    private void seal() {
        scene.database.soon(db -> db.update("update ledger_line set month = date '2026-11-01'"));
        scene.database.soon(db -> db.update("""
                insert into closed_month (month, opening_cents, closing_cents, lines, hash, closed_by)
                values (date '2026-11-01', 0, 0, 0, '', 'alice') on conflict do nothing"""));
    }

    private Run dated(boolean licensesTold) {
        return scene.compare(scene.run(NOVEMBER, licensesTold));
    }

    @Test
    void what_was_lacking_when_its_month_was_closed_is_looked_for_until_it_is_there() {
        var order = scene.order("a", 7, "49.50").stored();
        UUID unbilled = UUID.randomUUID();
        long id = scene.run(Range.OPEN, true);
        scene.license(unbilled, Scene.ACCOUNT, id);
        scene.compare(id);
        seal();

        long next = scene.run(Range.OPEN, true);
        scene.database.soon(db -> db.update("update managed_license set seen_run = ?", next));
        scene.compare(next);
        scene.compare(scene.run(Range.OPEN, false));

        assertThat(open())
                .extracting(Discrepancy::subject, Discrepancy::finding)
                .containsExactlyInAnyOrder(
                        tuple("order:a", Finding.ORDERED_NOT_BILLED),
                        tuple("license:" + unbilled, Finding.LICENSE_NOT_BILLED));

        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        scene.line(101, 8, null, "5").license(unbilled).stored();
        seal();
        long last = scene.run(Range.OPEN, true);
        scene.database.soon(db -> db.update("update managed_license set seen_run = ?", last));
        scene.compare(last);

        assertThat(open()).isEmpty();
    }

    @Test
    void an_order_that_is_cancelled_after_its_month_was_closed_lacks_nothing_any_more() {
        scene.order("a", 7, "49.50").unbought("UNKNOWN").stored();
        scene.compare();
        seal();
        scene.database.soon(db -> db.update("update orders set state = 'CANCELLED'"));

        scene.compare();

        assertThat(open()).isEmpty();
    }

    @Test
    void what_became_of_a_sealed_purchase_is_a_matter_of_its_own() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.51").license(order.license).stored();
        scene.compare();
        seal();
        scene.line(100, 7, "a", "59.51").license(order.license).stored();

        scene.compare();
        scene.compare();

        assertThat(open())
                .extracting(Discrepancy::billedCents, Discrepancy::seenTimes)
                .containsExactlyInAnyOrder(tuple(4_951L, 1), tuple(1_000L, 2));
        assertThat(open()).extracting(Discrepancy::subject).anySatisfy(subject -> assertThat(subject)
                .startsWith("change:" + Scene.ACCOUNT + ":100:20"));
    }

    @Test
    void an_edit_of_a_license_says_nothing_about_whether_its_order_was_billed() {
        var order = scene.order("a", 7, "49.50")
                .with("period", "MONTHLY")
                .with("state_since", Instant.parse("2026-10-10T00:00:00Z"))
                .stored();
        scene.compare();
        scene.other(101, "edit-license", "49.5").license(order.license).stored();

        dated(false);

        assertThat(open()).extracting(Discrepancy::subject).containsExactly("order:a");
    }

    @Test
    void a_license_that_is_lacking_is_told_of_open_lines_and_stays_so_when_they_are_sealed() {
        var gone = scene.order("gone", 7, "49.50").stored();
        var handedOver = scene.order("handed over", 8, "49.50").stored();
        scene.line(100, 7, "gone", "49.5").license(gone.license).stored();
        scene.compare(scene.run(Range.OPEN, true));
        scene.line(101, 8, "handed over", "49.5").license(handedOver.license).stored();
        seal();

        dated(true);
        dated(false);
        assertThat(open()).extracting(Discrepancy::purchaseId).containsExactly(100L);

        long id = scene.run(NOVEMBER, true);
        scene.license(gone.license, Scene.ACCOUNT, id);
        scene.compare(id);
        assertThat(open()).isEmpty();
    }

    @Test
    void a_metered_line_that_ran_when_it_was_sealed_is_followed_to_its_end() {
        scene.other(100, "compute-server", null)
                .with("cost_so_far", new BigDecimal("3.25"))
                .stored();
        scene.run(Range.OPEN, false);
        seal();
        scene.other(100, "compute-server", null)
                .with("cost_so_far", new BigDecimal("4.25"))
                .with("cost_per_hour", BigDecimal.ONE)
                .stored();

        Sums running =
                scene.database.soon(db -> Sums.byService(db, Scene.ACCOUNT)).get("compute-server");
        assertThat(running.printed()).isEqualByComparingTo("4.25");
        assertThat(running.running()).isEqualByComparingTo("4.25");
        assertThat(running.hours()).isPositive();

        scene.other(100, "compute-server", "4.25").stored();
        scene.other(100, "compute-server", "4.25").stored();

        assertThat(scene.database.count("select count(*) from ledger_change")).isEqualTo(2);
        assertThat(scene.database.count("select count(*) from ledger_change where cents = 0 and cost = 4.25"))
                .isEqualTo(1);
        Sums ended =
                scene.database.soon(db -> Sums.byService(db, Scene.ACCOUNT)).get("compute-server");
        assertThat(ended.hours()).isZero();
        assertThat(new Shelf(scene.database, Scene.ACCOUNT).cutoff(null)).isAfter(Scene.LONG_AGO);
    }

    /** What the closing of December does to changes. */
    private void sealChanges() {
        scene.database.soon(db -> db.update("update ledger_change set month = date '2026-12-01'"));
    }

    @Test
    void what_cocalc_changed_in_a_sealed_line_and_took_back_is_no_matter_any_more() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        scene.compare();
        seal();
        scene.line(100, 7, "a", "59.5").license(order.license).stored();
        assertThat(scene.compare().totals().get(Finding.AMOUNT_DIFFERS).billedCents())
                .isEqualTo(1_000);
        assertThat(open()).hasSize(1);

        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        Run run = scene.compare();

        assertThat(open()).isEmpty();
        assertThat(scene.rows(run))
                .extracting(ReportRow::finding, ReportRow::orderId, ReportRow::billed, ReportRow::rule)
                .containsExactlyInAnyOrder(
                        tuple(Finding.MATCHED, "a", 1_000L, "adjustment"),
                        tuple(Finding.MATCHED, "a", -1_000L, "adjustment"));
        assertThat(run.unexplainedCents()).isZero();
        assertThat(run.discrepancies()).isZero();
    }

    @Test
    void a_sealed_difference_that_cocalc_mends_later_is_closed_and_the_sealed_report_does_not_open_it_again() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.51").license(order.license).stored();
        scene.line(101, 8, null, "5").license(UUID.randomUUID()).stored();
        scene.compare();
        seal();
        assertThat(open()).hasSize(2);
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        scene.line(101, 8, null, "0").license(UUID.randomUUID()).stored();

        Run run = scene.compare();

        assertThat(open()).isEmpty();
        assertThat(scene.rows(run))
                .extracting(ReportRow::finding, ReportRow::billed)
                .containsExactlyInAnyOrder(tuple(Finding.MATCHED, -1L), tuple(Finding.REFUND_OR_CREDIT, -500L));

        assertThat(dated(false).discrepancies()).isEqualTo(2);
        assertThat(open()).isEmpty();
    }

    @Test
    void a_change_that_stays_ends_when_it_is_sealed_and_somebody_has_said_why() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        scene.compare();
        seal();
        scene.line(100, 7, "a", "59.5").license(order.license).stored();
        scene.compare();
        sealChanges();
        scene.compare();
        assertThat(open()).hasSize(1);

        discrepancies.explain(open().get(0).id(), "alice", "CoCalc billed the upgrade there");
        Run run = scene.compare();

        assertThat(open()).isEmpty();
        List<Discrepancy> closed = scene.database.soon(db -> Docket.closed(db, run.id(), 0, 10));
        assertThat(closed)
                .extracting(Discrepancy::explanation)
                .doesNotContainNull()
                .hasSize(1);
    }

    @Test
    void a_change_that_is_explained_stays_until_its_month_is_sealed() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        seal();
        scene.line(100, 7, "a", "59.5").license(order.license).stored();
        scene.compare();
        discrepancies.explain(open().get(0).id(), "alice", "CoCalc billed the upgrade there");

        scene.compare();

        assertThat(open()).hasSize(1);
    }
}
