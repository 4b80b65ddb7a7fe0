/**
 * Inputs that could not be understood: kept whole with their reason, told on the dead-letter topic, and read again when a person says
 * so. Each package that reads a topic keeps what it cannot read here, and offers one {@link dev.purser.kernel.deadletter.Redrive}.
 */
@NullMarked
package dev.purser.kernel.deadletter;

import org.jspecify.annotations.NullMarked;
