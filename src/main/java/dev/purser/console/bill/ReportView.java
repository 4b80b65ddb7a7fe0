package dev.purser.console.bill;

import dev.purser.console.bill.BarChart.Point;
import dev.purser.console.page.Wording;
import dev.purser.reconciliation.Breakdown;
import dev.purser.reconciliation.Breakdown.Slice;
import dev.purser.reconciliation.Breakdown.Sum;
import dev.purser.reconciliation.Finding;
import dev.purser.reconciliation.Renewal;
import dev.purser.reconciliation.ReportRow;
import dev.purser.reconciliation.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A completed reconciliation on one page. */
record ReportView(
        RunRow run,
        Money total,
        List<FindingLine> findings,
        List<Line> campaigns,
        List<Line> days,
        @Nullable BarChart chart,
        List<LookRow> looks,
        Renewal.Watch renewals) {

    /** The dearest of them, and one line for all others: more than fit on a page nobody reads. */
    private static final int MOST_CAMPAIGNS = 40;

    /** A sum as it is printed, in USD. */
    record Money(
            String rows,
            String ordered,
            String billed,
            String difference,
            String charged,
            String credited,
            boolean hasCredits,
            long toLook) {

        static Money of(Sum sum) {
            return new Money(
                    Wording.number(sum.rows()),
                    Wording.money(sum.ordered()),
                    Wording.money(sum.billed()),
                    Wording.money(sum.difference()),
                    Wording.money(sum.charged()),
                    Wording.money(sum.credited()),
                    sum.credited() != 0,
                    sum.discrepancies());
        }
    }

    record Line(String name, Money money) {}

    record FindingLine(FindingWords finding, Money money) {}

    /** A row that somebody must look at. */
    record LookRow(ReportRow row, FindingWords finding, String ordered, String billed, String difference, String age) {

        static LookRow of(ReportRow row) {
            Integer days = row.ageDays();
            return new LookRow(
                    row,
                    FindingWords.of(row.finding()),
                    row.ordered() == null ? "" : Wording.money(row.ordered()),
                    row.billed() == null ? "" : Wording.money(row.billed()),
                    Wording.money(row.difference()),
                    days == null ? "" : Wording.count(days, "day"));
        }
    }

    static ReportView of(Run run, Breakdown breakdown, List<ReportRow> looks, Renewal.Watch renewals) {
        return new ReportView(
                RunRow.of(run),
                Money.of(breakdown.total()),
                breakdown.findings().stream()
                        .sorted((a, b) -> a.key().compareTo(b.key()))
                        .map(slice -> new FindingLine(FindingWords.of(slice.key()), Money.of(slice.sum())))
                        .toList(),
                campaigns(breakdown.campaigns()),
                breakdown.days().stream()
                        .map(slice -> new Line(Wording.day(slice.key()), Money.of(slice.sum())))
                        .toList(),
                chart(breakdown),
                looks.stream().map(LookRow::of).toList(),
                renewals);
    }

    private static List<Line> campaigns(List<Slice<String>> slices) {
        List<Line> lines = new ArrayList<>();
        slices.stream()
                .limit(MOST_CAMPAIGNS)
                .map(slice -> new Line(slice.key().isEmpty() ? "no campaign" : slice.key(), Money.of(slice.sum())))
                .forEach(lines::add);
        if (slices.size() > MOST_CAMPAIGNS) {
            lines.add(new Line(
                    Wording.count(slices.size() - MOST_CAMPAIGNS, "other campaign"),
                    Money.of(
                            slices.stream().skip(MOST_CAMPAIGNS).map(Slice::sum).reduce(Sum.NOTHING, Sum::plus))));
        }
        return lines;
    }

    /** What came back or was paid in is left out: it would make the rest small. */
    private static @Nullable BarChart chart(Breakdown breakdown) {
        List<Point> points = breakdown.days().stream()
                .map(slice -> new Point(
                        slice.key(), slice.sum().ordered(), slice.sum().charged()))
                .filter(point -> point.ordered() != 0 || point.billed() != 0)
                .toList();
        return points.isEmpty() ? null : BarChart.of(points);
    }

    /** The findings that there are none of, in words. */
    public String nothingOf() {
        return Arrays.stream(Finding.values())
                .map(FindingWords::of)
                .filter(words ->
                        findings.stream().noneMatch(line -> line.finding().equals(words)))
                .map(FindingWords::word)
                .collect(Collectors.joining(", "));
    }

    public long moreLooks() {
        return total.toLook() - looks.size();
    }

    public String in30Days() {
        return Wording.money(renewals.in30Days());
    }

    public String in90Days() {
        return Wording.money(renewals.in90Days());
    }
}
