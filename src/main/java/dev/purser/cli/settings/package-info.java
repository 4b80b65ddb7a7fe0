/** What the operator set, and what is lacking: read before anything starts. */
@NullMarked
package dev.purser.cli.settings;

import org.jspecify.annotations.NullMarked;
