/**
 * What partners send becomes an order, once; a file may also hold commands, which {@link dev.purser.automation.Commands} takes. {@link dev.purser.intake.IntakeRoutes} is the index: CSV files that are dropped and
 * records of the orders topic both end in one {@code accept}. A file that is no CSV of orders goes to quarantine, a record that is
 * no order to the dead letters, a bad row to the errors file; nothing is deleted.
 */
@NullMarked
package dev.purser.intake;

import org.jspecify.annotations.NullMarked;
