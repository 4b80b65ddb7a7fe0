package dev.purser.intake;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells when a dropped file is whole: its {@code .done} mark is there, or it has not changed for a while. */
@Singleton
final class StableFiles {

    private static final long QUIET = Duration.ofSeconds(1).toNanos();
    /** Some producers create a file long before they write it. */
    private static final long QUIET_WHEN_EMPTY = Duration.ofSeconds(10).toNanos();

    private static final int MANY = 10_000;

    private final Map<Path, Seen> seen = new HashMap<>();
    private final LongSupplier nanoTime;

    private record Seen(long size, FileTime changed, long since) {
        boolean isSame(BasicFileAttributes now) {
            return size == now.size() && changed.equals(now.lastModifiedTime());
        }
    }

    StableFiles() {
        this(System::nanoTime);
    }

    StableFiles(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    static boolean isCsv(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".csv") && !name.startsWith(".");
    }

    synchronized void forget(Path file) {
        seen.remove(file);
    }

    synchronized boolean isWhole(Path file) {
        if (!isCsv(file.getFileName().toString())) {
            return false;
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (isMarkedDone(file, now)) {
                return true;
            }
            return hasBeenQuiet(file, now);
        } catch (IOException gone) {
            seen.remove(file);
            return false;
        }
    }

    /** A mark that is older than the file was left by another file of that name. */
    private static boolean isMarkedDone(Path file, BasicFileAttributes now) throws IOException {
        Path mark = file.resolveSibling(file.getFileName() + ".done");
        return Files.isRegularFile(mark) && Files.getLastModifiedTime(mark).compareTo(now.lastModifiedTime()) >= 0;
    }

    private boolean hasBeenQuiet(Path file, BasicFileAttributes now) {
        long time = nanoTime.getAsLong();
        Seen before = seen.get(file);
        if (before == null || !before.isSame(now)) {
            if (seen.size() > MANY) {
                // Files that somebody else took were never asked for again.
                seen.keySet().removeIf(Files::notExists);
            }
            seen.put(file, new Seen(now.size(), now.lastModifiedTime(), time));
            return false;
        }
        return time - before.since() >= (now.size() == 0 ? QUIET_WHEN_EMPTY : QUIET);
    }
}
