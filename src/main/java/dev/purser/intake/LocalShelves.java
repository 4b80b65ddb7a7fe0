package dev.purser.intake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders of this machine, or of a file server that it has mounted. */
final class LocalShelves implements Shelves {

    private static final Duration QUIET = Duration.ofSeconds(1);
    /** A copy that stands still for a moment stands nearly always in the middle of a line. */
    private static final Duration QUIET_WHEN_UNFINISHED = Duration.ofSeconds(5);
    /** Some producers create a file long before they write it. */
    private static final Duration QUIET_WHEN_EMPTY = Duration.ofSeconds(10);

    private static final int LONGEST_NAME = 255;

    private final Path folder;
    private final Path beside;

    LocalShelves(Path inbox) {
        this.folder = inbox.toAbsolutePath().normalize();
        Path parent = this.folder.getParent();
        this.beside = parent == null ? this.folder : parent;
    }

    @Override
    public String inbox() {
        return beside.relativize(folder).toString();
    }

    @Override
    public String kept(String name) {
        return name;
    }

    private Path at(String place) {
        return beside.resolve(place);
    }

    @Override
    public List<String> names(String name) throws IOException {
        Path folder = at(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The mark of a file whose name is as long as a file system allows cannot be there. */
    private static boolean isTooLong(String place) {
        return place.substring(place.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
    }

    @Override
    public Optional<Instant> changed(String place) throws IOException {
        try {
            return isTooLong(place)
                    ? Optional.empty()
                    : Optional.of(Files.getLastModifiedTime(at(place)).toInstant());
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Long> size(String place) throws IOException {
        try {
            return Optional.of(Files.size(at(place)));
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    @Override
    public boolean move(String from, String to) throws IOException {
        if (isTooLong(from)) {
            return false;
        }
        Files.createDirectories(at(to).getParent());
        try {
            Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Override
    public LocalCopy copy(String place) {
        return new LocalCopy(at(place), false);
    }

    @Override
    public Path draft(String place) throws IOException {
        Files.createDirectories(at(place).getParent());
        return at(place).resolveSibling("." + at(place).getFileName() + ".draft");
    }

    @Override
    public void publish(Path draft, String place) throws IOException {
        Files.move(draft, at(place), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Duration quiet(String name, long size) throws IOException {
        if (size == 0) {
            return QUIET_WHEN_EMPTY;
        }
        try {
            return endsWithALine(folder.resolve(name), size) ? QUIET : QUIET_WHEN_UNFINISHED;
        } catch (FileNotFoundException e) {
            // One that may not be read is claimed all the same, and the reader tells why it cannot go on.
            if (Files.notExists(folder.resolve(name))) {
                throw e;
            }
            return QUIET_WHEN_UNFINISHED;
        }
    }

    static boolean endsWithALine(Path path, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(size - 1);
            int last = file.read();
            return last == '\n' || last == '\r';
        }
    }

    @Override
    public Duration lookEvery() {
        return Duration.ZERO;
    }
}
