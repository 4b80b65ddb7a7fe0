/**
 * The same verbs on a command line. {@link dev.purser.cli.Shell} reads what was typed, each {@code *Verb} is one verb, and
 * {@link dev.purser.cli.Instance} is the running Purser that most of them ask over HTTP. With {@code --json} standard output has
 * one JSON document and nothing else; people are told on standard error.
 */
@NullMarked
package dev.purser.cli;

import org.jspecify.annotations.NullMarked;
