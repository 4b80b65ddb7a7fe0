package dev.purser;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The demo's directory, which belongs to one running demo at a time; the operating system takes the lock from a killed one. */
final class DemoData {

    /** For as long as this process lives: a channel that nobody holds is closed by the garbage collector, and its lock with it. */
    private static final List<FileChannel> LOCKS = new CopyOnWriteArrayList<>();

    private final Path directory;

    DemoData(Path directory) {
        this.directory = directory;
    }

    /** Keeps it until this process ends. @return why it cannot be used, for a person */
    Optional<String> take() {
        Path file = directory.resolve("lock");
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            LOCKS.add(channel);
            return channel.tryLock() != null ? Optional.empty() : Optional.of(inUse());
        } catch (OverlappingFileLockException e) {
            return Optional.of(inUse());
        } catch (IOException e) {
            return Optional.of("The demo cannot write to " + directory.toAbsolutePath() + " (" + e.getMessage()
                    + "). Start it where it may.");
        }
    }

    private String inUse() {
        return "Another demo is running on " + directory.toAbsolutePath()
                + ". Stop it first, or start this one in a directory of its own.";
    }
}
