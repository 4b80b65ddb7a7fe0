package dev.purser.console.bill;

import dev.purser.console.page.Wording;
import dev.purser.reconciliation.Aging;
import dev.purser.reconciliation.Discrepancy;
import dev.purser.reconciliation.Renewal;
import dev.purser.reconciliation.Run;
import dev.purser.reconciliation.month.ClosedMonth;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What finance has on its desk.
 *
 * @param told what came of what was asked just now
 * @param kind of that, for its colour
 * @param runs newest first
 * @param discrepancies the open ones, newest first, not necessarily all
 */
record DeskView(
        @Nullable String told,
        String kind,
        String thisMonth,
        List<RunRow> runs,
        List<AgeTile> ages,
        List<DiscrepancyRow> discrepancies,
        List<MonthRow> months,
        Renewal.Watch watch,
        List<RenewalRow> renewals) {

    /** How many open discrepancies are of one age. */
    record AgeTile(String word, long count, long explained) {

        private static AgeTile of(Aging aging) {
            return new AgeTile(DiscrepancyRow.word(aging.age()), aging.count(), aging.explained());
        }

        public String kind() {
            return count == 0 ? "none" : count == explained ? "good" : "wait";
        }
    }

    static DeskView of(
            @Nullable String told,
            String kind,
            List<Run> runs,
            List<Aging> aging,
            List<Discrepancy> discrepancies,
            List<ClosedMonth> months,
            Renewal.Watch watch,
            Instant now) {
        return new DeskView(
                told,
                kind,
                YearMonth.from(now.atZone(ZoneOffset.UTC)).toString(),
                runs.stream().map(RunRow::of).toList(),
                aging.stream().map(AgeTile::of).toList(),
                discrepancies.stream()
                        .map(found -> DiscrepancyRow.of(found, now))
                        .toList(),
                months.stream().map(MonthRow::of).toList(),
                watch,
                watch.renewals().stream().map(RenewalRow::of).toList());
    }

    public @Nullable RunRow latest() {
        return runs.isEmpty() ? null : runs.get(0);
    }

    public long open() {
        return ages.stream().mapToLong(AgeTile::count).sum();
    }

    public long explained() {
        return ages.stream().mapToLong(AgeTile::explained).sum();
    }

    public String in30Days() {
        return Wording.money(watch.in30Days());
    }

    public String in90Days() {
        return Wording.money(watch.in90Days());
    }
}
