package dev.purser.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells when a dropped file is whole: its {@code .done} mark is there, or it has not changed for a while. */
@Singleton
final class StableFiles {

    private static final int MANY = 10_000;
    /** Of a file with another name nothing tells whether it is to be renamed when it is whole. */
    private static final Duration QUIET_WHEN_STRAY = Duration.ofSeconds(30);

    private final Shelves shelves;
    private final LongSupplier nanoTime;
    /** Files that somebody else took are never asked for again: the oldest are forgotten. */
    private final Map<String, Seen> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MANY;
        }
    };

    private record Seen(long size, Instant changed, long since) {
        boolean isSame(long sizeNow, Instant changedNow) {
            return size == sizeNow && changed.equals(changedNow);
        }
    }

    @Inject
    StableFiles(Shelves shelves) {
        this(shelves, System::nanoTime);
    }

    StableFiles(Shelves shelves, LongSupplier nanoTime) {
        this.shelves = shelves;
        this.nanoTime = nanoTime;
    }

    synchronized void forget(String file) {
        seen.remove(file);
    }

    /** @param file its name in the inbox */
    synchronized boolean isWhole(String file, long size, Instant changed) {
        if (DropName.of(file).isUnfinished()) {
            return false;
        }
        try {
            return isMarkedDone(file, changed) || hasBeenQuiet(file, size, changed);
        } catch (IOException unreachable) {
            seen.remove(file);
            return false;
        }
    }

    /** A mark that is older than the file was left by another file of that name. */
    private boolean isMarkedDone(String file, Instant changed) throws IOException {
        Optional<Instant> mark = shelves.changed(DropName.markOf(shelves.inbox() + "/" + file));
        return mark.isPresent() && !mark.get().isBefore(changed);
    }

    private boolean hasBeenQuiet(String file, long size, Instant changed) throws IOException {
        long time = nanoTime.getAsLong();
        Seen before = seen.get(file);
        if (before == null || !before.isSame(size, changed)) {
            seen.remove(file);
            seen.put(file, new Seen(size, changed, time));
            return false;
        }
        Duration quiet = DropName.of(file).isCsv() ? shelves.quiet(file, size) : QUIET_WHEN_STRAY;
        return time - before.since() >= quiet.toNanos();
    }
}
