/** Closed months: what is sealed, by whom, and whether it still is what was sealed. */
@NullMarked
package dev.purser.reconciliation.month;

import org.jspecify.annotations.NullMarked;
