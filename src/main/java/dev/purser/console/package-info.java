/**
 * What a person or a program can see over HTTP. Here: how things stand, for all who ask. {@code api} tells it to programs,
 * {@code page} and {@code bill} to people, {@code access} decides who they are.
 */
@NullMarked
package dev.purser.console;

import org.jspecify.annotations.NullMarked;
