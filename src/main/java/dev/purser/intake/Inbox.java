package dev.purser.intake;

import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that partners drop files into, and the folders beside it. Files only move, by atomic rename, and under names that were
 * free; nothing is overwritten or deleted.
 */
@Singleton
class Inbox {

    private static final int CLAIM_LENGTH = UUID.randomUUID().toString().length() + 1;
    private final Shelves shelves;

    Inbox(Shelves shelves) {
        this.shelves = shelves;
    }

    /** Takes the file out of the folder under a name of its own, which is what makes two instances take it once. Empty when another was faster. */
    @Failpoint(Step.CLAIM)
    Optional<String> claim(String file) {
        String claim = UUID.randomUUID() + "." + kept(DropName.of(file));
        String dropped = shelves.inbox() + "/" + file;
        try {
            // The mark goes first: left behind, it would vouch for the next file of that name.
            shelves.move(DropName.markOf(dropped), DropName.markOf(claimed(claim)));
            return shelves.move(dropped, claimed(claim)) ? Optional.of(claim) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that did not come through the folder, and is claimed as soon as it is whole. */
    String receive(String name, InputStream content) throws IOException {
        String claim = UUID.randomUUID() + "." + kept(new DropName(name));
        try (Draft draft = new Draft(shelves, claimed(claim))) {
            content.transferTo(draft.out());
            draft.publish();
        }
        return claim;
    }

    private String kept(DropName name) {
        return new DropName(shelves.kept(name.text())).shortened();
    }

    /** What was claimed by any instance and is not yet in its last place. */
    List<String> claimed() {
        try {
            return shelves.names("claimed").stream()
                    .filter(claim -> claim.length() > CLAIM_LENGTH)
                    .filter(claim -> !new DropName(claim).isUnfinished())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Duration lookEvery() {
        return shelves.lookEvery();
    }

    /** The name that a claimed file was dropped under. */
    static String droppedName(String claim) {
        return claim.substring(CLAIM_LENGTH);
    }

    /** A claimed file, to be read. */
    LocalCopy open(String claim) throws IOException {
        return shelves.copy(claimed(claim));
    }

    /** Of a claimed file as it is now, in bytes; empty when it is not among the claimed ones any more. */
    Optional<Long> size(String claim) {
        try {
            return shelves.size(claimed(claim));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of an import, wherever it lies by now; empty where this instance sees none. */
    Optional<LocalCopy> find(ImportView file) throws IOException {
        for (String place : List.of(archived(file.baseName(), file.day()), claimed(file.claim()))) {
            if (exists(place)) {
                return Optional.of(shelves.copy(place));
            }
        }
        return Optional.empty();
    }

    /** Whether nothing beside the folder is called after {@code base} yet. */
    boolean isFree(String base, LocalDate day) {
        return Stream.of(
                        archived(base, day),
                        quarantined(base),
                        quarantined(base + ".csv"),
                        results(base + ".summary.json"))
                .noneMatch(this::exists);
    }

    private boolean exists(String place) {
        try {
            return shelves.changed(place).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Draft draftOfResults(String fileName) throws IOException {
        return new Draft(shelves, results(fileName));
    }

    private static String results(String fileName) {
        return "results/" + fileName;
    }

    private static String archived(String base, LocalDate day) {
        return "archive/" + day + "/" + base + ".csv";
    }

    private static String claimed(String claim) {
        return "claimed/" + claim;
    }

    private static String quarantined(String name) {
        return "quarantine/" + name;
    }

    @Failpoint(Step.ARCHIVE)
    void archive(String claim, String base, LocalDate day) {
        settle(claim, archived(base, day));
    }

    void quarantine(String claim, String base, String reason) {
        String place = quarantined(base + new DropName(droppedName(claim)).ending());
        try (Draft text = new Draft(shelves, place + ".reason.txt")) {
            text.out().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
            text.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settle(claim, place);
    }

    /** What is not there any more was moved before: by a run that was cut off, or there never was a mark. */
    private void settle(String claim, String place) {
        try {
            shelves.move(DropName.markOf(claimed(claim)), DropName.markOf(place));
            shelves.move(claimed(claim), place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
