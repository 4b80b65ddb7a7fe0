/** The order, its life, and the audit trail. The database is the queue. */
@NullMarked
package dev.purser.orders;

import org.jspecify.annotations.NullMarked;
