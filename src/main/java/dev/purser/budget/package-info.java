/** What may be spent, reserved and settled; and what a license costs by our own reckoning. */
@NullMarked
package dev.purser.budget;

import org.jspecify.annotations.NullMarked;
