/**
 * What we believe against what CoCalc billed. A {@link dev.purser.reconciliation.Run} pulls the ledger of each purchasing account,
 * proves that nothing of it is lacking, compares it with the orders inside PostgreSQL, settles what the ledger proves, and keeps
 * the {@link dev.purser.reconciliation.Discrepancies differences} until the facts agree. {@link dev.purser.reconciliation.month.Months}
 * seals what is settled.
 */
@NullMarked
package dev.purser.reconciliation;

import org.jspecify.annotations.NullMarked;
