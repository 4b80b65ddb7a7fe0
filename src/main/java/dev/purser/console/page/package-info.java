/** The page at {@code /}: how things stand, and what to do next. */
@NullMarked
package dev.purser.console.page;

import org.jspecify.annotations.NullMarked;
