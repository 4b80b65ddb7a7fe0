package dev.purser.kernel.deadletter;

/**
 * What came of reading a dead letter once more.
 *
 * @param taken false where it still cannot be taken; the message then names the place
 */
public record Redriven(boolean taken, String message) {}
