package dev.purser.automation;

import dev.purser.reconciliation.Range;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Compares orders and bill, and is done when that is. */
record ReconciliationRun(Range range) implements Deed {

    private static final String DAY = "a day such as 2026-11-01";

    static @Nullable Deed read(Form form) {
        LocalDate from = form.parsed("from", form.text("from", 10), DAY, LocalDate::parse);
        LocalDate to = form.parsed("to", form.text("to", 10), DAY, LocalDate::parse);
        if (from != null && to != null && to.isBefore(from)) {
            form.wrong("to", "must not be before from");
            return null;
        }
        return new ReconciliationRun(new Range(from, to));
    }

    @Override
    public Tried perform(Bench bench) {
        return bench.hands().bill().compare(range, bench.actor());
    }
}
