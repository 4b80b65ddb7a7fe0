/** Where a rehearsal may end the process, to prove that nothing is bought twice or lost when it does. Off unless it is set. */
@NullMarked
package dev.purser.kernel.failpoint;

import org.jspecify.annotations.NullMarked;
