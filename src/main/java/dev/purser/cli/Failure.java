package dev.purser.cli;

/** Why a verb ends without its answer: one sentence for a person, with the way out. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Exit exit;

    public Failure(Exit exit, String sentence) {
        super(sentence);
        this.exit = exit;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    Exit exit() {
        return exit;
    }
}
