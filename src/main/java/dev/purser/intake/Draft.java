package dev.purser.intake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that appears whole or not at all. */
final class Draft implements AutoCloseable {

    private final Shelves shelves;
    private final String place;
    private final Path draft;
    private final OutputStream out;

    Draft(Shelves shelves, String place) throws IOException {
        this.shelves = shelves;
        this.place = place;
        this.draft = shelves.draft(place);
        this.out = new BufferedOutputStream(Files.newOutputStream(draft));
    }

    OutputStream out() {
        return out;
    }

    void publish() throws IOException {
        out.close();
        shelves.publish(draft, place);
    }

    /** What was not published is of no use. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(draft);
    }
}
