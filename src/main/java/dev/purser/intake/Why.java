package dev.purser.intake;

/** An exception in a few words for a log line: its first line only, because a database names the row's values in the next. */
final class Why {

    private static final int LONGEST = 300;

    private Why() {}

    static String of(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null
                ? ""
                : root.getMessage().lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + text.substring(0, Math.min(LONGEST, text.length()));
    }
}
