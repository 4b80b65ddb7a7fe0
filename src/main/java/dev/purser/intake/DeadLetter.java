package dev.purser.intake;

/** An input that could not be understood, on its way to the dead-letter topic. Its bytes are those of the record. */
record DeadLetter(long id, String reason, int attempts) {}
