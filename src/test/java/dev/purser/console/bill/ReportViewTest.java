package dev.purser.console.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.reconciliation.Breakdown;
import dev.purser.reconciliation.Breakdown.Slice;
import dev.purser.reconciliation.Breakdown.Sum;
import dev.purser.reconciliation.Finding;
import dev.purser.reconciliation.Range;
import dev.purser.reconciliation.Renewal;
import dev.purser.reconciliation.Run;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportViewTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

    @Test
    void what_was_billed_is_told_apart_from_what_came_back() {
        ReportView view = view(List.of());

        assertThat(view.total().ordered()).isEqualTo("13.98");
        assertThat(view.total().billed()).isEqualTo("-72.04");
        assertThat(view.total().charged()).isEqualTo("27.96");
        assertThat(view.total().credited()).isEqualTo("-100.00");
        assertThat(view.run().billed()).isEqualTo("27.96");
        assertThat(view.run().unexplained()).isEqualTo("0.00");
        assertThat(view.run().isAllExplained()).isTrue();
        assertThat(view.run().range()).isEqualTo("November 2026");
    }

    @Test
    void it_says_which_classes_are_empty() {
        assertThat(view(List.of()).nothingOf())
                .startsWith("ordered not billed, billed twice")
                .endsWith("in flight")
                .doesNotContain("matched");
    }

    @Test
    void more_campaigns_than_fit_are_one_line_so_that_the_table_still_foots() {
        List<Slice<String>> campaigns = IntStream.range(0, 45)
                .mapToObj(i -> new Slice<>("campaign " + i, new Sum(1, 100, 100, 0, 0)))
                .toList();

        List<ReportView.Line> lines = view(campaigns).campaigns();

        assertThat(lines).hasSize(41);
        assertThat(lines.get(40).name()).isEqualTo("5 other campaigns");
        assertThat(lines.get(40).money().billed()).isEqualTo("5.00");
    }

    @Test
    void rows_without_a_campaign_are_named_so() {
        assertThat(view(List.of(new Slice<>("", Sum.NOTHING))).campaigns())
                .extracting(ReportView.Line::name)
                .containsExactly("no campaign");
    }

    private static ReportView view(List<Slice<String>> campaigns) {
        Sum matched = new Sum(1, 1398, 1398, 0, 0);
        Sum byHand = new Sum(1, 0, 1398, 0, 1);
        Sum credit = new Sum(1, 0, -10000, -10000, 0);
        Sum all = matched.plus(byHand).plus(credit);
        return ReportView.of(
                new Run(
                        7,
                        Run.State.COMPLETED,
                        Range.of(YearMonth.of(2026, 11)),
                        "http:alice",
                        Run.Phase.DONE,
                        3,
                        3L,
                        null,
                        null,
                        "3 lines are 3 lines",
                        -7204L,
                        Map.of(
                                Finding.MATCHED, new Run.Total(1, 1398, 1398),
                                Finding.BILLED_NOT_ORDERED, new Run.Total(1, 0, 1398),
                                Finding.REFUND_OR_CREDIT, new Run.Total(1, 0, -10000)),
                        Instant.parse("2026-11-25T18:00:00Z"),
                        Instant.parse("2026-11-25T18:00:01Z"),
                        true),
                new Breakdown(
                        List.of(
                                new Slice<>(Finding.REFUND_OR_CREDIT, credit),
                                new Slice<>(Finding.MATCHED, matched),
                                new Slice<>(Finding.BILLED_NOT_ORDERED, byHand)),
                        campaigns,
                        List.of(new Slice<>(DAY, all))),
                List.of(),
                new Renewal.Watch(null, BigDecimal.ZERO, BigDecimal.ZERO, List.of()));
    }
}
