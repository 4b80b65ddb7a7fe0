package dev.purser.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The folder that partners drop files into and the folders beside it, on this machine or on another. Places are written
 * {@code results/x.csv}, seen from the folder that holds them all. A file moves at once or not at all, and appears whole.
 */
interface Shelves {

    /** What the folder is called that files are dropped into; it is one of the folders. */
    String inbox();

    /** What a file of that name may be called beside the inbox. */
    String kept(String name);

    /** The files of a folder; none where there is no such folder. */
    List<String> names(String folder) throws IOException;

    /** When it was changed last; empty where there is nothing. */
    Optional<Instant> changed(String place) throws IOException;

    /** In bytes; empty where there is nothing. */
    Optional<Long> size(String place) throws IOException;

    /** False when there is nothing to move: it was moved before, or by somebody else, or it never was. */
    boolean move(String from, String to) throws IOException;

    /** The whole file on this machine. */
    LocalCopy copy(String place) throws IOException;

    /** Where this machine may write what is to appear at that place. */
    Path draft(String place) throws IOException;

    /** What was written appears, in place of what was there. */
    void publish(Path draft, String place) throws IOException;

    /** How long a file in the inbox must have stayed as it is to be taken for whole. */
    Duration quiet(String name, long size) throws IOException;

    /** How often somebody may look around among the claimed files. */
    Duration lookEvery();
}
