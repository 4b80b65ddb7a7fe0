/** The API under {@code /api/v1}: JSON, and RFC 9457 problems. */
@NullMarked
package dev.purser.console.api;

import org.jspecify.annotations.NullMarked;
