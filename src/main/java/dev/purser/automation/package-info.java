/**
 * Commands from HTTP, Kafka, files and the clock: every operation of the CoCalc API that is no order. A command is a row with its
 * sender's id; whichever instance claims it carries it out, tries again what may be tried again, and writes its one answer in the
 * transaction that ends it. Each {@link dev.purser.automation.Verb} reads its data into a {@link dev.purser.automation.Deed}.
 */
@NullMarked
package dev.purser.automation;

import org.jspecify.annotations.NullMarked;
