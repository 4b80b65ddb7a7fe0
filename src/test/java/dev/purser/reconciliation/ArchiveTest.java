package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.reconciliation.month.Months;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveTest {

    private Scene scene;

    @BeforeEach
    void start() {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private void close(YearMonth month) {
        scene.database.soon(db -> Months.close(
                db, month, "alice", List.of(new PurchasingAccount(Scene.ACCOUNT, "main")), Duration.ofHours(1)));
    }

    @Test
    void the_rows_of_the_newest_runs_and_of_closed_months_are_kept_and_the_totals_of_all() {
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5")
                .license(order.license)
                .with("time", "2026-10-10T00:00:00Z")
                .stored();
        Run first = scene.compare();
        close(YearMonth.of(2026, 10));
        scene.other(101, "credit", "-5").stored();
        scene.compare();
        scene.compare();
        Archive archive = new Archive(scene.database, 2);
        Runs runs = new Runs(scene.database);

        assertThat(archive.weed()).isEqualTo(1);
        assertThat(archive.weed()).isZero();

        assertThat(runs.list(null, 10)).extracting(Run::reportKept).containsExactly(true, true, true, false);
        assertThat(runs.list(null, 10))
                .extracting(run -> scene.rows(run).size())
                .containsExactly(1, 1, 1, 0);
        assertThat(runs.find(first.id()).orElseThrow().totals()).isEqualTo(first.totals());
    }
}
