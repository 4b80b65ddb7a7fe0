package dev.purser.console.bill;

import dev.purser.console.page.Wording;
import dev.purser.reconciliation.Range;
import dev.purser.reconciliation.Run;
import dev.purser.reconciliation.Run.Total;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** A reconciliation as a page shows it. */
record RunRow(Run run, String range, String state, String kind, String started, String finished, String actor) {

    static RunRow of(Run run) {
        return new RunRow(
                run,
                range(run.range()),
                switch (run.state()) {
                    case RUNNING -> "running";
                    case COMPLETED -> "completed";
                    case PULL_INCOMPLETE -> "ledger not read as a whole";
                },
                switch (run.state()) {
                    case RUNNING -> "busy";
                    case COMPLETED -> run.discrepancies() == 0 ? "good" : "wait";
                    case PULL_INCOMPLETE -> "bad";
                },
                Wording.time(run.startedAt()),
                Wording.time(run.finishedAt()),
                Wording.person(run.actor()));
    }

    private static String range(Range range) {
        LocalDate from = range.from();
        LocalDate to = range.to();
        if (from == null) {
            return to == null ? "all that is in no closed month" : "until " + Wording.day(to);
        }
        if (to == null) {
            return "from " + Wording.day(from) + " on";
        }
        YearMonth month = YearMonth.from(from);
        return range.equals(Range.of(month)) ? Wording.month(month) : Wording.day(from) + " to " + Wording.day(to);
    }

    public boolean isRunning() {
        return run.state() == Run.State.RUNNING;
    }

    public boolean isCompleted() {
        return run.state() == Run.State.COMPLETED;
    }

    public String ordered() {
        return Wording.money(
                run.totals().values().stream().mapToLong(Total::orderedCents).sum());
    }

    /** Without what came back or was paid in. */
    public String billed() {
        return Wording.money(run.chargedCents());
    }

    public String unexplained() {
        Long cents = run.unexplainedCents();
        return cents == null ? "" : Wording.money(cents);
    }

    public boolean isAllExplained() {
        return Long.valueOf(0).equals(run.unexplainedCents());
    }

    /** What it is doing, while it runs. */
    public String doing() {
        return switch (run.phase()) {
            case WAITING -> "waits for its turn";
            case LICENSES -> "reads the licenses";
            case LEDGER -> "reads the ledger";
            case PROOF -> "proves that nothing is lacking";
            case HEALING -> "settles what the ledger proves";
            case COMPARING -> "compares";
            case DONE -> "is done";
        };
    }

    /** Such as {@code 1,500 of 12,000 lines, about 12 minutes left}. */
    public String progress() {
        String lines = run.toPull() == null
                ? Wording.number(run.pulled()) + " lines"
                : Wording.number(run.pulled()) + " of " + Wording.number(run.toPull()) + " lines";
        return run.eta() == null || run.eta().isZero()
                ? lines
                : lines + ", about " + Wording.duration(run.eta().toSeconds()) + " left";
    }

    /** Of the ledger, 0 to 100; null while it is not known how many lines there are. */
    public @Nullable Long percent() {
        Long all = run.toPull();
        return all == null || all == 0 ? null : Math.min(100, run.pulled() * 100 / all);
    }
}
