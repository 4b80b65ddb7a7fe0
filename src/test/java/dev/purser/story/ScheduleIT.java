package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clock that all instances share. */
class ScheduleIT {

    private static final Pattern FIRED = Pattern.compile("(?m)^(\\S+ \\S+:\\S+:\\S+),.* it is time to reconcile$");

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    @Test
    @Tag("chaos")
    void of_two_instances_one_reconciles_when_it_is_time_and_the_other_when_the_first_is_killed() {
        try (PurserProcess first = instance();
                PurserProcess second = first.sibling("schedule-2")) {
            first.launch();
            second.launch();
            Stream.of(first, second).forEach(PurserProcess::awaitReady);

            awaitFired(3, first, second);
            assertThat(seconds(first, second)).doesNotHaveDuplicates();
            PurserProcess winner = seconds(first).isEmpty() ? second : first;
            PurserProcess other = winner == first ? second : first;
            winner.kill();
            int before = seconds(other).size();

            Awaitility.await("the other one goes on")
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> seconds(other).size() > before);
            assertThat(other.ask("select count(*) from reconciliation where actor = 'schedule'"))
                    .isNotEqualTo("0");
        }
    }

    @Test
    void a_schedule_that_nobody_can_read_is_refused_at_the_start() {
        PurserProcess purser = instance().with("PURSER_RECONCILIATION_CRON", "daily");

        assertThat(purser.runToItsEnd()).isEqualTo(78);
        assertThat(purser.log()).contains("Purser cannot start. PURSER_RECONCILIATION_CRON is 'daily'");
    }

    private PurserProcess instance() {
        return PurserProcess.of(parts, "schedule-1")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_RECONCILIATION_CRON", "0/3 * * * * ?");
    }

    private static void awaitFired(int times, PurserProcess... instances) {
        Awaitility.await("it was time " + times + " times")
                .atMost(Duration.ofSeconds(40))
                .until(() -> seconds(instances).size() >= times);
    }

    /** When it was time, as the instances said, to the second. */
    private static List<String> seconds(PurserProcess... instances) {
        return Stream.of(instances)
                .flatMap(instance -> FIRED.matcher(instance.log()).results())
                .map(fired -> fired.group(1))
                .toList();
    }
}
