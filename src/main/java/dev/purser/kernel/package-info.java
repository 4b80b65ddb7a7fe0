/** Words everyone uses. Knows nothing of the rest of the house. */
@NullMarked
package dev.purser.kernel;

import org.jspecify.annotations.NullMarked;
