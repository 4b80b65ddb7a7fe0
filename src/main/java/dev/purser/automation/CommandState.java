package dev.purser.automation;

/** How far a command is. */
public enum CommandState {
    /** For its first try, or for the next. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED;
    }
}
