/**
 * Due orders become licenses, exactly once.
 *
 * <p>For each purchasing account one instance holds the lease and turns its {@link dev.purser.provisioning.Cashier}: each turn
 * reads what is written down ({@link dev.purser.provisioning.Standing}) and what was seen at CoCalc ({@link dev.purser.provisioning.Seen}), lets the pure
 * {@link dev.purser.provisioning.Decision} name one {@link dev.purser.provisioning.Action}, and does that one thing. What cannot be seen
 * afterwards (a request on its way, a tick of somebody else) is written down before the call. There is no recovery code: after a crash
 * the next turn observes again and the same function decides.
 */
@NullMarked
package dev.purser.provisioning;

import org.jspecify.annotations.NullMarked;
