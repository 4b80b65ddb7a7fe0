package dev.purser.reconciliation.month;

import java.time.Instant;
import java.time.YearMonth;

/**
 * A sealed month (UTC). Balances are what CoCalc owes: a charge lowers them.
 *
 * @param lines purchases and adjustments that are sealed in it
 * @param hash hexadecimal: the last link of a SHA-256 chain over the opening balance and each line
 */
public record ClosedMonth(
        YearMonth month,
        long openingCents,
        long closingCents,
        long lines,
        String hash,
        String closedBy,
        Instant closedAt) {}
