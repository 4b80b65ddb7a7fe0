/** The bill for a person: the report of a reconciliation, and the page to explain and to seal. */
@NullMarked
package dev.purser.console.bill;

import org.jspecify.annotations.NullMarked;
