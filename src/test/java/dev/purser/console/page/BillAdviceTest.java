package dev.purser.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.reconciliation.Aging;
import dev.purser.reconciliation.Discrepancy.Age;
import dev.purser.reconciliation.Range;
import dev.purser.reconciliation.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BillAdviceTest {

    @Test
    void what_is_explained_needs_nobody() {
        assertThat(BillAdvice.on(Optional.empty(), List.of(new Aging(Age.DAYS_0_1, 2, 2, 0, 0))))
                .isEmpty();
    }

    @Test
    void what_is_not_explained_needs_somebody_however_old() {
        assertThat(BillAdvice.on(
                        Optional.empty(),
                        List.of(new Aging(Age.DAYS_0_1, 2, 1, 0, 0), new Aging(Age.DAYS_OVER_30, 1, 0, 0, 0))))
                .singleElement()
                .satisfies(advice -> assertThat(advice.text()).startsWith("2 lines of the bill or orders differ"));
    }

    @Test
    void a_ledger_that_was_not_read_as_a_whole_needs_somebody() {
        Run run = new Run(
                4,
                Run.State.PULL_INCOMPLETE,
                Range.OPEN,
                "schedule",
                Run.Phase.LEDGER,
                500,
                1312L,
                null,
                "the key of main was revoked",
                null,
                null,
                Map.of(),
                Instant.parse("2026-11-25T18:00:00Z"),
                Instant.parse("2026-11-25T18:00:01Z"),
                true);

        assertThat(BillAdvice.on(Optional.of(run), List.of()))
                .singleElement()
                .satisfies(advice -> assertThat(advice.text()).contains("the key of main was revoked"));
    }
}
