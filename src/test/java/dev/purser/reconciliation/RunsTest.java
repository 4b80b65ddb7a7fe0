package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.reconciliation.sql.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {

    private TestDatabase database;
    private Runs runs;

    @BeforeAll
    void start() {
        database = new TestDatabase();
    }

    @BeforeEach
    void empty() {
        database.soon(db -> db.update("delete from reconciliation"));
        runs = new Runs(database);
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void two_runs_at_once_are_one_run_that_one_instance_works() {
        Runs other = new Runs(database);

        long first = runs.enter(Range.OPEN, "alice");
        long second = other.enter(new Range(LocalDate.EPOCH, null), "bob");

        assertThat(second).isEqualTo(first);
        assertThat(runs.take()).map(Run::id).contains(first);
        assertThat(other.take()).isEmpty();
        assertThat(runs.find(first).orElseThrow().actor()).isEqualTo("alice");
    }

    @Test
    void a_run_whose_instance_died_is_taken_over_and_the_dead_one_writes_nothing_more() {
        long run = runs.enter(Range.OPEN, "alice");
        runs.take();
        database.soon(db -> db.update("update reconciliation set lease_until = now() - interval '1 second'"));
        Runs other = new Runs(database);

        assertThat(other.take()).map(Run::id).contains(run);
        assertThatThrownBy(() -> runs.progress(run, 1, 2, Duration.ZERO)).isInstanceOf(Runs.Lost.class);
        other.progress(run, 500, 1_000, Duration.ofSeconds(9));
        assertThat(runs.find(run).orElseThrow())
                .extracting(Run::pulled, Run::toPull, Run::eta)
                .containsExactly(500L, 1_000L, Duration.ofSeconds(9));
    }

    @Test
    void a_run_that_ended_makes_room_for_the_next() {
        long first = runs.enter(Range.OPEN, "alice");
        runs.take();
        database.run(Duration.ofSeconds(5), db -> runs.incomplete(db, first, "the key was revoked"));

        assertThat(runs.enter(Range.OPEN, "bob")).isGreaterThan(first);
        assertThat(runs.list(null, 10))
                .extracting(Run::state)
                .containsExactly(Run.State.RUNNING, Run.State.PULL_INCOMPLETE);
        assertThat(runs.find(first).orElseThrow().reason()).isEqualTo("the key was revoked");
    }

    @Test
    void a_run_that_ends_in_the_moment_when_another_is_wanted_makes_room_for_it() {
        long first = runs.enter(Range.OPEN, "alice");
        database.soon(db -> db.update("""
                create function ends() returns trigger language plpgsql as $$ begin
                    update reconciliation set state = 'COMPLETED' where actor = 'alice'; return null; end $$"""));
        database.soon(db -> db.update(
                "create trigger ends after insert on reconciliation for each statement execute function ends()"));
        try {
            assertThat(runs.enter(Range.OPEN, "bob")).isGreaterThan(first);
        } finally {
            database.soon(db -> db.update("drop function ends cascade"));
        }
    }
}
