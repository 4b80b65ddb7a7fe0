/**
 * Who may come in. Without a tokens file everyone who can reach the loopback interface, and nobody else can; with one, whoever
 * shows a token of it.
 */
@NullMarked
package dev.purser.console.access;

import org.jspecify.annotations.NullMarked;
