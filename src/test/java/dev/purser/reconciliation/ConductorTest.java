package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.outcomes.Announcement;
import dev.purser.provisioning.Settlement.Proven;
import dev.purser.reconciliation.ledger.AccountPull;
import dev.purser.reconciliation.ledger.Pulled;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConductorTest {

    private final List<String> done = new ArrayList<>();
    private final List<Announcement> told = new ArrayList<>();
    private Scene scene;
    private Pulled pulled = new Pulled.Whole("main: all of it");
    private Optional<String> unknown = Optional.empty();
    private Runnable booking = () -> {};

    @BeforeEach
    void start() {
        scene = new Scene();
        var order = scene.order("a", 7, "49.50").stored();
        scene.line(100, 7, "a", "49.5").license(order.license).stored();
        scene.line(101, 8, null, "5").stored();
        scene.database.soon(db -> db.update(
                "insert into ledger_known (account_id, known_at, until) values (?, now(), now())", Scene.ACCOUNT));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Run conduct() {
        return conduct(Conductor::conduct);
    }

    private Run conduct(BiConsumer<Conductor, Run> how) {
        Runs runs = new Runs(scene.database);
        long id = runs.enter(Range.OPEN, "test");
        how.accept(
                new Conductor(scene.database, runs, new Rest(), Duration.ofHours(1)),
                runs.take().orElseThrow());
        return runs.find(id).orElseThrow();
    }

    private final class Rest implements Conductor.Outside {
        @Override
        public List<PurchasingAccount> accounts() {
            return List.of(new PurchasingAccount(Scene.ACCOUNT, "main"));
        }

        @Override
        public Optional<String> unknownAccounts(java.time.Duration patience) {
            return unknown;
        }

        @Override
        public Pulled pull(PurchasingAccount account, AccountPull.Reporter reporter) {
            done.add("pull");
            return pulled;
        }

        @Override
        public void heal(PurchasingAccount account) {
            done.add("heal");
        }

        @Override
        public void book(List<Proven> purchases) {
            booking.run();
            purchases.forEach(proven -> {
                done.add("book " + proven.line().id());
                scene.database.soon(db -> db.update(
                        "update orders set purchase_id = ? where id = ?",
                        proven.line().id(),
                        proven.orderRef()));
            });
        }

        @Override
        public void announce(List<Announcement> announcements) {
            told.addAll(announcements);
        }
    }

    @Test
    void a_whole_ledger_is_compared_booked_and_told_once() {
        Run run = conduct();

        assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
        assertThat(run.proof()).isEqualTo("main: all of it");
        assertThat(done).containsExactly("pull", "heal", "book 100");
        assertThat(told)
                .extracting(Announcement::id)
                .containsExactly("discrepancy/1/opened", "reconciliation/" + run.id() + "/completed");
        assertThat(told).extracting(Announcement::key).containsOnly(Long.toString(run.id()));
        assertThat(told.get(1).data()).contains("\"unexplained_cents\":0", "\"discrepancies\":1");

        told.clear();
        conduct();
        assertThat(told).extracting(Announcement::type).containsExactly("dev.purser.reconciliation.completed.v1");
    }

    @Test
    void an_incomplete_pull_changes_nothing_and_says_why() {
        pulled = new Pulled.Incomplete("main: the key was revoked");

        Run run = conduct();

        assertThat(run.state()).isEqualTo(Run.State.PULL_INCOMPLETE);
        assertThat(run.reason()).isEqualTo("main: the key was revoked");
        assertThat(run.totals()).isEmpty();
        assertThat(done).containsExactly("pull");
        assertThat(scene.database.count("select count(*) from discrepancy")).isZero();
        assertThat(told).singleElement().satisfies(event -> assertThat(event.data())
                .contains("PULL_INCOMPLETE"));
    }

    @Test
    void a_run_that_fails_after_it_compared_concludes_nothing_and_everybody_is_told() {
        booking = () -> {
            throw new IllegalStateException(new SQLException("ERROR: canceling statement\n select secret", "57014"));
        };

        Run run = conduct((conductor, failing) -> {
            try {
                conductor.conduct(failing);
            } catch (IllegalStateException e) {
                conductor.giveUp(failing, Reconciliations.reason(e));
            }
        });

        assertThat(run.state()).isEqualTo(Run.State.PULL_INCOMPLETE);
        assertThat(run.reason()).startsWith("the database did not do its part (SQLSTATE 57014)");
        assertThat(run.billCents()).isNull();
        assertThat(run.totals()).isEmpty();
        assertThat(scene.database.count("select count(*) from reconciliation_row"))
                .isZero();
        assertThat(told).singleElement().satisfies(event -> assertThat(event.data())
                .contains("PULL_INCOMPLETE", "57014"));
    }

    @Test
    void an_account_that_is_not_confirmed_makes_it_incomplete() {
        unknown = Optional.of("CoCalc has not confirmed yet whose the key is of spare");

        assertThat(conduct().state()).isEqualTo(Run.State.PULL_INCOMPLETE);
    }
}
