package dev.purser.console.bill;

import dev.purser.console.page.Wording;
import dev.purser.reconciliation.month.ClosedMonth;

/** A closed month as the page shows it. */
record MonthRow(
        ClosedMonth month, String name, String lines, String opening, String closing, String seal, String closed) {

    private static final int BEGINNING = 16;

    static MonthRow of(ClosedMonth month) {
        return new MonthRow(
                month,
                Wording.month(month.month()),
                Wording.number(month.lines()),
                Wording.money(month.openingCents()),
                Wording.money(month.closingCents()),
                month.hash().substring(0, Math.min(BEGINNING, month.hash().length())),
                Wording.time(month.closedAt()) + " by " + Wording.person(month.closedBy()));
    }
}
