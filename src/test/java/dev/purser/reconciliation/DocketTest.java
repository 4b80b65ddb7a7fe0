package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
}
