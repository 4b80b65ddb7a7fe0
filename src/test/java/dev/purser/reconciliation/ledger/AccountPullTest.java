package dev.purser.reconciliation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.reconciliation.Range;
import dev.purser.reconciliation.Run;
import dev.purser.reconciliation.Runs;
import dev.purser.reconciliation.Scene;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountPullTest {

    private static final Instant NEW = Instant.parse("2026-11-01T00:00:00Z");

    private final FakeLedger cocalc = new FakeLedger();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private Scene scene;
    private Range range = Range.OPEN;

    @BeforeEach
    void start() {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Pulled pull() {
        scene.database.soon(
                db -> db.update("update reconciliation set state = 'PULL_INCOMPLETE' where state = 'RUNNING'"));
        Runs runs = new Runs(scene.database);
        long id = runs.enter(range, "test");
        Run run = runs.take().orElseThrow();
        assertThat(run.id()).isEqualTo(id);
        Turns turns = new Turns() {
            @Override
            public boolean take() {
                return true;
            }

            @Override
            public Duration lasting(long questions) {
                return Duration.ofSeconds(questions);
            }

            @Override
            public boolean pass(Duration time) {
                waits.add(time);
                return true;
            }
        };
        AccountPull.Reporter reporter = new AccountPull.Reporter() {
            @Override
            public long run() {
                return run.id();
            }

            @Override
            public Instant from() {
                LocalDate day = run.range().from();
                return day == null ? null : day.atStartOfDay().toInstant(ZoneOffset.UTC);
            }

            @Override
            public void stage(AccountPull.Stage stage) {}

            @Override
            public void progress(long pulled, long expected, Duration eta) {
                progress.add(pulled + "/" + expected + " " + eta.toSeconds());
            }

            @Override
            public void signOfLife() {}
        };
        return new AccountPull(
                        scene.database,
                        cocalc.door(),
                        new PurchasingAccount(Scene.ACCOUNT, "main"),
                        turns,
                        "main",
                        reporter)
                .pull();
    }

    private long stored() {
        return scene.database.count("select count(*) from ledger_line");
    }

    private String reason(Pulled pulled) {
        return pulled.fold(proof -> "whole: " + proof, reason -> reason);
    }

    @Test
    void a_ledger_of_many_pages_with_ties_over_their_borders_is_read_as_a_whole() {
        cocalc.fill(2_345, 60);

        Pulled pulled = pull();

        assertThat(reason(pulled)).startsWith("whole: main: 2345 lines, the pages meet, CoCalc counts");
        assertThat(stored()).isEqualTo(2_345);
        assertThat(progress).first().isEqualTo("500/2345 4");
        assertThat(cocalc.asked.size()).isLessThan(10);
    }

    @Test
    void purchases_that_arrive_during_the_pull_are_in_it() {
        cocalc.fill(2_000, 3);
        cocalc.interruption = number -> {
            if (number > 1 && number < 8) {
                for (int i = 0; i < 20; i++) {
                    cocalc.add(number * 10_000L + i, NEW.plusSeconds(number), "license", "1.23");
                }
            }
            return null;
        };

        assertThat(reason(pull())).startsWith("whole");
        assertThat(stored()).isEqualTo(2_120);
    }

    @Test
    void the_next_pull_reads_an_hour_back_and_whatever_was_still_running() {
        cocalc.fill(9_000, 1);
        pull();
        int questions = cocalc.asked.size();
        cocalc.add(99_999, NEW, "license", "5");

        assertThat(reason(pull())).startsWith("whole");
        assertThat(cocalc.asked.size() - questions).isLessThan(questions / 2);
        assertThat(cocalc.asked.get(questions + 1).cutoff()).isEqualTo("2026-10-03T00:59:40Z");
        assertThat(stored()).isEqualTo(9_001);
    }

    @Test
    void a_line_that_was_booked_late_with_a_time_long_ago_is_found_by_the_same_pull() {
        cocalc.fill(3_000, 1);
        pull();
        cocalc.add(99_999, NEW.minus(Duration.ofDays(42)), "license", "5");

        assertThat(reason(pull())).startsWith("whole");
        assertThat(stored()).isEqualTo(3_001);
    }

    @Test
    void a_metered_line_gets_its_cost_in_a_later_pull() {
        cocalc.fill(900, 1);
        run(3, "2.5");
        pull();
        end(3, "7.5");

        assertThat(reason(pull())).startsWith("whole");
        assertThat(cents(3)).isEqualTo(750);
    }

    /** @param line from the oldest on */
    private void run(int line, String soFar) {
        cocalc.lines.get(line).putNull("cost").put("cost_so_far", new BigDecimal(soFar));
    }

    private void end(int line, String cost) {
        cocalc.lines.get(line).put("cost", new BigDecimal(cost)).putNull("cost_so_far");
    }

    private long cents(int line) {
        return scene.database.count("select cents from ledger_line where id = " + (line + 1));
    }

    @Test
    void a_metered_line_that_grows_deep_in_the_ledger_while_it_is_read_is_followed() {
        cocalc.fill(1_900, 60);
        run(3, "2.5");
        run(700, "1");
        cocalc.interruption = number -> {
            if (number > 4 && number < 9) {
                run(3, "%d.5".formatted(number));
                cocalc.add(number * 10_000L, NEW, "license", "1.23");
            }
            return null;
        };

        assertThat(reason(pull())).startsWith("whole");
        assertThat(cents(3)).isEqualTo(850);
        assertThat(stored()).isEqualTo(1_904);
    }

    @Test
    void a_metered_line_that_grows_with_each_question_is_no_doubt_as_long_as_it_grows_like_before() {
        cocalc.fill(900, 7);
        cocalc.interruption = number -> {
            run(3, "%d.%02d".formatted(5_000, number * 5));
            return null;
        };

        assertThat(reason(pull())).startsWith("whole");

        cocalc.interruption = number -> {
            run(3, "%d.00".formatted(5_000 + number * 50));
            return null;
        };
        assertThat(reason(pull())).contains("the lines of service license come to");
    }

    @Test
    void a_metered_line_that_ends_deep_in_the_ledger_while_it_is_read_gets_its_cost() {
        cocalc.fill(1_900, 60);
        run(7, "2.5");
        cocalc.interruption = number -> {
            if (number == 6) {
                end(7, "99");
            }
            return null;
        };

        assertThat(reason(pull())).startsWith("whole");
        assertThat(cents(7)).isEqualTo(9_900);
        assertThat(cocalc.asked).filteredOn(query -> query.service() != null).hasSize(1);
    }

    @Test
    void a_line_that_runs_for_long_does_not_make_each_pull_read_all_that_came_since() {
        cocalc.fill(9_000, 1);
        run(3, "2.5");
        pull();
        run(3, "3.5");
        int questions = cocalc.asked.size();

        assertThat(reason(pull())).startsWith("whole");
        assertThat(cents(3)).isEqualTo(350);
        assertThat(cocalc.asked.size() - questions).isLessThan(5);
    }

    @Test
    void a_cocalc_that_tells_lines_that_run_like_all_others_is_asked_for_them() {
        cocalc.fill(900, 1);
        cocalc.runningOnlyInTime = true;
        run(3, "2.5");
        pull();
        run(3, "3.5");

        assertThat(reason(pull())).startsWith("whole");
        assertThat(cents(3)).isEqualTo(350);
    }

    @Test
    void a_cocalc_with_shorter_pages_is_read_whole_also_where_lines_arrive() {
        cocalc.fill(900, 7);
        cocalc.most = 100;
        cocalc.interruption = number -> {
            if (number == 9) {
                for (int i = 0; i < 250; i++) {
                    cocalc.add(10_000L + i, NEW.plusSeconds(i / 40), "license", "1.23");
                }
            }
            return null;
        };

        assertThat(reason(pull())).startsWith("whole");
        assertThat(stored()).isEqualTo(1_150);
    }

    @Test
    void a_cocalc_that_gives_one_page_for_all_is_not_asked_for_ever() {
        cocalc.fill(1_200, 1);
        List<JsonNode> first = new ArrayList<>();
        cocalc.loss = page -> {
            if (first.isEmpty()) {
                first.addAll(page);
            }
            return first;
        };

        assertThat(reason(pull())).contains("CoCalc gives the same lines again and again");
    }

    @Test
    void more_lines_of_one_time_than_pages_share_are_read_until_they_are_all_there() {
        cocalc.fill(1_800, 900);
        for (int i = 0; i < 600; i++) {
            cocalc.add(10_000L + i, NEW.plusSeconds(i), "license", "1.23");
        }

        assertThat(reason(pull())).startsWith("whole: main: 2400 lines");
        assertThat(progress).allSatisfy(told -> assertThat(told).matches("[0-9]{1,4}/2400 .*"));
    }

    @Test
    void a_page_of_one_time_alone_is_passed() {
        cocalc.fill(900, 150);
        cocalc.most = 100;
        cocalc.stable = true;

        assertThat(reason(pull())).startsWith("whole");
        assertThat(stored()).isEqualTo(900);
    }

    @Test
    void a_checkout_that_shows_up_late_with_an_early_time_is_found_below_a_page_of_newer_lines() {
        cocalc.fill(900, 1);
        for (int i = 0; i < 700; i++) {
            cocalc.add(10_000L + i, NEW.plusMillis(i * 50L), "license", "1.23");
        }
        cocalc.interruption = number -> {
            if (number == 3) {
                cocalc.add(90_000, NEW.minusSeconds(30), "license", "4.56");
            }
            return null;
        };

        assertThat(reason(pull())).startsWith("whole");
        assertThat(stored()).isEqualTo(1_601);
    }

    @Test
    void a_lost_row_is_missed_by_the_count() {
        cocalc.fill(1_500, 1);
        cocalc.loss = page ->
                page.stream().filter(line -> line.path("id").asLong() != 700).toList();

        assertThat(reason(pull()))
                .isEqualTo("main: 1285 lines of service license were read, CoCalc counts 1286"
                        .replace("1285", licenses(-1))
                        .replace("1286", licenses(0)));
    }

    private String licenses(int more) {
        return cocalc.lines.stream()
                        .filter(line -> line.path("service").asText().equals("license"))
                        .count()
                + more
                + "";
    }

    @Test
    void a_lost_page_ends_the_pull_and_so_does_one_that_does_not_meet_the_one_before() {
        cocalc.fill(1_500, 1);
        List<JsonNode> gone = new ArrayList<>();
        cocalc.loss = page -> page.size() == 500 && gone.addAll(page) && gone.size() == 1_000 ? List.of() : page;

        assertThat(reason(pull())).contains("the pages do not meet");

        cocalc.loss = page -> page;
        cocalc.interruption = number -> number == cocalc.asked.size()
                        && !cocalc.asked.get(number - 1).grouped()
                        && cocalc.asked.get(number - 1).offset() > 0
                ? new Answer.Unknown<>("no whole answer within PT10S")
                : null;
        assertThat(reason(pull()))
                .isEqualTo(
                        "main: CoCalc did not give the page of its ledger from line 489 on: no clear answer: no whole answer within PT10S");
    }

    @Test
    void a_key_that_is_revoked_or_a_database_that_is_down_in_the_middle_ends_the_pull() {
        cocalc.fill(1_500, 1);
        cocalc.interruption = number -> number == 3 ? new Answer.NotSignedIn<>("must be signed in") : null;

        assertThat(reason(pull())).endsWith("not signed in: must be signed in");

        cocalc.interruption = number -> null;
        cocalc.interruption = number -> {
            cocalc.identity = new Answer.NotSignedIn<>("anonymous get queries not allowed");
            return null;
        };
        assertThat(reason(pull())).contains("did not say afterwards whose the key is");
        assertThat(scene.database.count("select count(*) from ledger_known where known_at is not null"))
                .isZero();
    }

    @Test
    void a_key_of_another_account_leaves_nothing_in_the_ledger() {
        cocalc.fill(10, 1);
        cocalc.account = UUID.fromString("00000000-0000-4000-8000-00000000000b");

        assertThat(reason(pull())).contains("the key belongs to another CoCalc account, " + cocalc.account);
        assertThat(cocalc.asked).isEmpty();
        assertThat(stored()).isZero();
    }

    @Test
    void an_empty_ledger_is_believed_from_whoever_is_known() {
        assertThat(reason(pull())).startsWith("whole: main: 0 lines");
    }

    @Test
    void a_sum_that_is_not_the_balance_ends_the_pull() {
        cocalc.fill(600, 1);
        cocalc.loss = page -> page.stream()
                .map(line -> line.path("id").asLong() == 70
                        ? line.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy()
                                .put("cost", new BigDecimal("12.88"))
                        : line)
                .collect(Collectors.toList());

        assertThat(reason(pull())).contains("the lines of service license come to");
    }

    @Test
    void a_throttled_question_is_asked_again_when_cocalc_says() {
        cocalc.fill(10, 1);
        cocalc.interruption = number -> number == 2 ? new Answer.Throttled<LedgerPage>(Duration.ofSeconds(53)) : null;

        assertThat(reason(pull())).startsWith("whole");
        assertThat(waits).containsExactly(Duration.ofSeconds(53));
    }

    @Test
    void the_documented_dialect_says_what_it_cannot_prove() {
        cocalc.fill(1_234, 1);
        cocalc.documented = true;

        assertThat(reason(pull()))
                .isEqualTo(
                        "whole: main: 1234 lines, the pages meet; not proven: this CoCalc does not count its lines by"
                                + " service; this CoCalc tells no balance with the ledger");
    }

    @Test
    void a_range_reads_its_days_again_whatever_is_known_of_them() {
        cocalc.fill(9_000, 1);
        pull();
        int questions = cocalc.asked.size();
        range = new Range(java.time.LocalDate.parse("2026-10-01"), null);

        pull();

        assertThat(cocalc.asked.get(questions + 1).cutoff()).isEqualTo("2026-10-01T00:00:00Z");
    }
}
