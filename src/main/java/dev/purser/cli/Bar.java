package dev.purser.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a piece of work is: one line that is drawn over itself where somebody watches, else a line now and then. */
final class Bar {

    private static final int WIDTH = 24;
    private static final int COLUMNS = 110;
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean screen;
    private final Clock clock;
    private @Nullable Instant drawn;
    private String last = "";

    Bar(Terminal terminal, Clock clock) {
        this.out = terminal.err();
        this.screen = terminal.screen();
        this.clock = clock;
    }

    /** @param of 0 while nobody knows */
    void show(long done, long of, String words) {
        String line = of == 0 ? words : drawing(done, of) + "  " + words;
        if (screen) {
            draw(line.length() > COLUMNS ? line.substring(0, COLUMNS) : line);
        } else if (isTime() && !line.equals(last)) {
            out.println(line);
            drawn = clock.instant();
            last = line;
        }
    }

    private static String drawing(long done, long of) {
        int full = (int) (Math.min(done, of) * WIDTH / of);
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] %3d %%".formatted(Math.min(done, of) * 100 / of);
    }

    private void draw(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, last.length() - line.length())));
        out.flush();
        last = line;
    }

    private boolean isTime() {
        return drawn == null || Duration.between(drawn, clock.instant()).compareTo(NOW_AND_THEN) >= 0;
    }

    /** What is printed next begins a line of its own. */
    void done() {
        if (screen && !last.isEmpty()) {
            out.println();
        }
        last = "";
    }
}
