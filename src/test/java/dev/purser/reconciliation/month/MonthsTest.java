package dev.purser.reconciliation.month;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.reconciliation.Finding;
import dev.purser.reconciliation.ReportRow;
import dev.purser.reconciliation.Run;
import dev.purser.reconciliation.Scene;
import dev.purser.reconciliation.sql.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonthsTest {

    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private Scene scene;

    @BeforeEach
    void start() {
        scene = new Scene();
        scene.other(1, "credit", "-1000").with("time", "2026-09-01T08:00:00Z").stored();
        bought("a", 7, 100, "2026-10-01T00:00:00.000Z");
        bought("b", 8, 101, "2026-10-31T23:59:59.999Z");
        bought("c", 9, 102, "2026-11-01T00:00:00.000Z");
    }

    private void bought(String orderId, long item, long purchase, String time) {
        var order = scene.order(orderId, item, "49.50").stored();
        scene.line(purchase, item, orderId, "49.5")
                .license(order.license)
                .with("time", time)
                .stored();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Closing close(YearMonth month) {
        scene.compare();
        return scene.database.soon(db -> Months.close(
                db, month, "alice", List.of(new PurchasingAccount(Scene.ACCOUNT, "main")), Duration.ofHours(1)));
    }

    private ClosedMonth closed(YearMonth month) {
        return close(month).fold(new Closing.Cases<>() {
            @Override
            public ClosedMonth closed(ClosedMonth closed) {
                return closed;
            }

            @Override
            public ClosedMonth refused(String code, String message, List<String> concerned) {
                throw new AssertionError(code + ": " + message);
            }
        });
    }

    private String refusal(YearMonth month) {
        return close(month).fold(new Closing.Cases<>() {
            @Override
            public String closed(ClosedMonth closed) {
                return "closed";
            }

            @Override
            public String refused(String code, String message, List<String> concerned) {
                return code + " " + concerned;
            }
        });
    }

    private Verification verify(YearMonth month) {
        return scene.database.soon(db -> Months.verify(db, month)).orElseThrow();
    }

    @Test
    void a_closed_month_leads_from_its_opening_to_its_closing_balance_and_holds() {
        ClosedMonth month = closed(OCTOBER);

        assertThat(month)
                .extracting(
                        ClosedMonth::openingCents, ClosedMonth::closingCents, ClosedMonth::lines, ClosedMonth::closedBy)
                .containsExactly(100_000L, 100_000L - 2 * 4_950, 2L, "alice");
        assertThat(verify(OCTOBER).differences()).isEmpty();
        assertThat(verify(OCTOBER).recomputed()).isEqualTo(month.hash());
        assertThat(scene.rows(scene.compare())).extracting(ReportRow::orderId).containsExactlyInAnyOrder(null, "c");
    }

    @Test
    void closing_twice_changes_nothing() {
        assertThat(closed(OCTOBER)).isEqualTo(closed(OCTOBER));
    }

    @Test
    void two_restored_copies_have_the_same_hash() {
        TestDatabase original = scene.database;
        scene.database = original.copy();
        String one = closed(OCTOBER).hash();
        scene.database.close();
        scene.database = original.copy();
        scene.compare();
        scene.compare();

        assertThat(closed(OCTOBER).hash()).isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_line set cents = cents + 1 where id = 101",
                "update ledger_line set cost = cost + 0.01 where id = 101",
                "update ledger_line set raw = jsonb_set(raw, '{cost}', '49.51') where id = 101",
                "update closed_line set cents = cents + 1 where purchase_id = 101",
                "update closed_line set content = replace(content, '|4950|', '|4951|') where purchase_id = 101",
                "update closed_month set closing_cents = closing_cents + 1",
                "update closed_month set opening_cents = opening_cents + 1, closing_cents = closing_cents + 1",
                "update orders set cost = cost + 0.01 where order_id = 'b'",
                "delete from closed_line where purchase_id = 101",
                "delete from ledger_line where id = 101"
            })
    void one_changed_cent_is_found(String change) {
        closed(OCTOBER);
        scene.database.soon(db -> db.update(change));

        Verification verification = verify(OCTOBER);

        assertThat(verification.holds()).isFalse();
        assertThat(verification.differences()).hasSizeBetween(1, 3).allSatisfy(text -> assertThat(text)
                .isNotBlank());
    }

    @Test
    void what_comes_late_or_changes_later_counts_in_the_open_month() {
        closed(SEPTEMBER);
        closed(OCTOBER);
        var late = scene.order("late", 10, "49.50").stored();
        scene.line(103, 10, "late", "49.5")
                .license(late.license)
                .with("time", "2026-10-15T00:00:00Z")
                .stored();
        scene.line(101, 8, "b", "50.5")
                .license(UUID.randomUUID())
                .with("time", "2026-10-31T23:59:59.999Z")
                .stored();

        Run open = scene.compare();

        assertThat(verify(OCTOBER).differences()).isEmpty();
        assertThat(open.billCents()).isEqualTo(2 * 4_950 + 100);
        assertThat(open.unexplainedCents()).isZero();
        assertThat(scene.rows(open)).extracting(ReportRow::rule).contains("adjustment");
        assertThat(scene.rows(open)).extracting(ReportRow::difference).contains(100L);
    }

    @Test
    void a_line_that_arrives_while_its_month_is_closed_waits_and_is_no_part_of_it() {
        scene.compare();
        scene.database.soon(db -> {
            Seal seal = new Seal(db, OCTOBER);
            assertThat(seal.inFlight(Duration.ofHours(1))).isEmpty();
            assertThatThrownBy(this::lateLine).hasMessageContaining("lock timeout");
            seal.close("alice");
            return true;
        });

        assertThat(scene.database.count("select count(*) from ledger_line where month is not null"))
                .isEqualTo(scene.database.count("select count(*) from closed_line where n > 0"))
                .isEqualTo(2);
    }

    /** As another instance's pull stores it. */
    private void lateLine() throws SQLException {
        try (Connection other = DriverManager.getConnection(scene.database.url(), "purser", "purser")) {
            other.createStatement().execute("set lock_timeout = '300ms'");
            other.createStatement().execute("""
                    insert into ledger_line (account_id, id, time, cost, cents, service, raw)
                    select account_id, 999, time, cost, cents, service, raw from ledger_line where id = 101""");
        }
    }

    @Test
    void a_month_may_be_closed_before_it_ends_and_what_comes_later_counts_in_the_open_month() {
        YearMonth running = YearMonth.now(ZoneOffset.UTC);
        String begin = running + "-01T00:00:00.000Z";
        bought("early", 20, 200, begin);

        ClosedMonth month = closed(running);
        assertThat(month.openingCents() - month.closingCents()).isGreaterThanOrEqualTo(4_950);

        scene.order("late", 21, "49.50").with("state_since", Instant.now()).stored();
        var later = scene.order("later", 22, "49.50").stored();
        scene.line(202, 22, "later", "49.5")
                .license(later.license)
                .with("time", running + "-01T00:00:01.000Z")
                .stored();

        assertThat(verify(running).differences()).isEmpty();
        assertThat(scene.rows(scene.compare()))
                .extracting(ReportRow::orderId, ReportRow::finding)
                .contains(tuple("late", Finding.IN_FLIGHT), tuple("later", Finding.MATCHED))
                .doesNotContain(tuple("early", Finding.MATCHED));
    }

    @Test
    void a_month_that_has_not_begun_or_is_not_read_or_lies_behind_a_closed_one_is_refused() {
        assertThat(refusal(YearMonth.of(9999, 1))).isEqualTo("not_begun []");
        closed(OCTOBER);
        assertThat(refusal(SEPTEMBER)).isEqualTo("later_closed []");

        scene.database.soon(db -> db.update("delete from closed_line"));
        scene.database.soon(db -> db.update("delete from closed_month"));
        scene.database.soon(db -> db.update("update ledger_known set until = null"));
        Closing closing = scene.database.soon(db -> Months.close(
                db, OCTOBER, "alice", List.of(new PurchasingAccount(Scene.ACCOUNT, "main")), Duration.ofHours(1)));
        assertThat(closing.toString()).contains("not_read");
    }

    @Test
    void an_account_that_is_no_longer_configured_is_asked_for_until_its_ledger_was_read() {
        UUID gone = UUID.fromString("00000000-0000-4000-8000-000000000009");
        scene.database.soon(db -> db.update(
                "insert into purchasing_account (account_id, name) values (?, 'gone'), (gen_random_uuid(), 'unused')",
                gone));
        scene.order("sold", 12, "5.00")
                .with("purchasing_account", gone)
                .with("received_at", Instant.parse("2026-10-31T20:00:00Z"))
                .stored();

        assertThat(refusal(SEPTEMBER)).isEqualTo("closed");
        assertThat(close(OCTOBER).toString())
                .contains("the ledger of gone was not read")
                .contains("gone bought here and is no longer configured: configure it again and run a reconciliation");

        scene.database.soon(db ->
                db.update("insert into ledger_known (account_id, known_at, until) values (?, now(), now())", gone));
        assertThat(refusal(OCTOBER)).isEqualTo("closed");
    }

    @Test
    void a_month_with_unknown_orders_is_refused_and_names_them() {
        scene.order("paying", 11, "5.00")
                .unbought("UNKNOWN")
                .with("state_since", Instant.parse("2026-10-20T00:00:00Z"))
                .stored();

        assertThat(refusal(OCTOBER)).isEqualTo("in_flight [paying]");
        Optional<Verification> verification = scene.database.soon(db -> Months.verify(db, OCTOBER));
        assertThat(verification).isEmpty();
        assertThat(scene.database.count("select count(*) from reconciliation where actor = 'month close'"))
                .isZero();
    }
}
