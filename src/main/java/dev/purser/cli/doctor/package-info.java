/**
 * Looks at everything that Purser needs, without a running one, and says what to do about what is wrong. It only looks: it buys
 * nothing, changes nothing and prints no key. Each {@code *Check} looks at one thing; none of them throws.
 */
@NullMarked
package dev.purser.cli.doctor;

import org.jspecify.annotations.NullMarked;
