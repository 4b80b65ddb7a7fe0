/**
 * The one door to the CoCalc API v2. Everything that Purser asks CoCalc goes through {@link dev.purser.cocalc.CoCalc} and the
 * route {@code cocalc.call}, is asked once, and comes back as an {@link dev.purser.cocalc.Answer}.
 */
@NullMarked
package dev.purser.cocalc;

import org.jspecify.annotations.NullMarked;
