/** SQL in transactions that last as long as a million rows take, on PostgreSQL's own driver. */
@NullMarked
package dev.purser.reconciliation.sql;

import org.jspecify.annotations.NullMarked;
