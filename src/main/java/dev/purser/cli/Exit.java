package dev.purser.cli;

/** How a verb ended, for scripts. Of the ones above 1 that apply to a piece of work the last counts: it needs somebody most. */
public enum Exit {
    DONE(0),
    FAILED(1),
    /** Done, with rejected rows or discrepancies. */
    REJECTIONS(2),
    /** Something is held and waits for approval or for money. */
    HELD(3),
    /** It is not known whether something was bought. */
    UNKNOWN(4),
    USAGE(64),
    CONFIGURATION(78);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
