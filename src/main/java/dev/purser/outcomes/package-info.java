/** What we tell the world, and the outbox that makes it true. */
@NullMarked
package dev.purser.outcomes;

import org.jspecify.annotations.NullMarked;
