package dev.purser.intake;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The folder that partners drop files into, and the folders beside it. Files only move, by atomic rename, and under names that were
 * free; nothing is overwritten or deleted.
 */
@Singleton
class Inbox {

    private static final int CLAIM_LENGTH = UUID.randomUUID().toString().length() + 1;
    private static final String DONE = ".done";
    private final Path folder;
    private final Path beside;

    @Inject
    Inbox(@ConfigProperty(name = "purser.drop-uri", defaultValue = IntakeRoutes.DROP) String dropUri) {
        this(folderOf(dropUri));
    }

    Inbox(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        Path parent = this.folder.getParent();
        this.beside = parent == null ? this.folder : parent;
    }

    /** Only the folder of a {@code file:} endpoint is served so far: claiming is a rename on one file system. */
    static String checked(String dropUri) {
        if (!dropUri.startsWith("file:")) {
            throw new IllegalArgumentException("PURSER_DROP_URI must be a file: endpoint such as " + IntakeRoutes.DROP);
        }
        return dropUri;
    }

    private static Path folderOf(String dropUri) {
        String path = checked(dropUri).substring("file:".length());
        int options = path.indexOf('?');
        path = options < 0 ? path : path.substring(0, options);
        return Path.of(path.startsWith("//") ? path.substring(2) : path);
    }

    Path results(String fileName) {
        return beside.resolve("results").resolve(fileName);
    }

    /** Takes the file out of the folder under a name of its own, which is what makes two instances take it once. Empty when another was faster. */
    @Failpoint(Step.CLAIM)
    Optional<Path> claim(Path file) {
        String name = UUID.randomUUID() + "." + file.getFileName();
        Path claimed = claimed(name);
        try {
            Files.createDirectories(claimed.getParent());
            // The mark goes first: left behind, it would vouch for the next file of that name.
            move(mark(file), mark(claimed));
            Files.move(file, claimed, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(claimed);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that did not come through the folder, and is claimed as soon as it is whole. */
    Path receive(String name, InputStream content) throws IOException {
        Path claimed = claimed(UUID.randomUUID() + "." + name);
        try (Draft draft = new Draft(claimed)) {
            content.transferTo(draft.out());
            draft.publish();
        }
        return claimed;
    }

    /** What was claimed by any instance and is not yet in its last place, oldest first. */
    List<Path> claimed() {
        Path claims = beside.resolve("claimed");
        if (!Files.isDirectory(claims)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(claims)) {
            return files.filter(file -> StableFiles.isCsv(file.getFileName().toString()))
                    .filter(file -> file.getFileName().toString().length() > CLAIM_LENGTH)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name that a claimed file was dropped under. */
    static String droppedName(Path claimed) {
        return claimed.getFileName().toString().substring(CLAIM_LENGTH);
    }

    /** Whether nothing beside the folder is called after {@code base} yet. */
    boolean isFree(String base, LocalDate day) {
        return Stream.of(archived(base, day), quarantined(base), results(base + ".summary.json"))
                .noneMatch(Files::exists);
    }

    Path archived(String base, LocalDate day) {
        return beside.resolve("archive").resolve(day.toString()).resolve(base + ".csv");
    }

    /** Where a claimed file stands while it is read. */
    Path claimed(String claim) {
        return beside.resolve("claimed").resolve(claim);
    }

    private Path quarantined(String base) {
        return beside.resolve("quarantine").resolve(base + ".csv");
    }

    @Failpoint(Step.ARCHIVE)
    void archive(Path claimed, String base, LocalDate day) {
        settle(claimed, archived(base, day));
    }

    void quarantine(Path claimed, String base, String reason) {
        Path place = quarantined(base);
        try (Draft text = new Draft(place.resolveSibling(place.getFileName() + ".reason.txt"))) {
            text.out().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
            text.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settle(claimed, place);
    }

    private static void settle(Path claimed, Path place) {
        try {
            Files.createDirectories(place.getParent());
            move(mark(claimed), mark(place));
            move(claimed, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path mark(Path file) {
        return file.resolveSibling(file.getFileName() + DONE);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            // Moved before: by a run that was cut off, or there never was a mark.
        }
    }
}
