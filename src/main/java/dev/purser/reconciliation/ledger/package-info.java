/**
 * What CoCalc says that it billed: the ledger and the licenses of one purchasing account are pulled, kept, and proven to be whole
 * before anything is concluded from them.
 */
@NullMarked
package dev.purser.reconciliation.ledger;

import org.jspecify.annotations.NullMarked;
