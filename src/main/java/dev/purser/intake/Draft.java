package dev.purser.intake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole or not at all. */
final class Draft implements AutoCloseable {

    private final Path place;
    private final Path draft;
    private final OutputStream out;

    Draft(Path place) throws IOException {
        Files.createDirectories(place.toAbsolutePath().getParent());
        this.place = place;
        this.draft = place.resolveSibling("." + place.getFileName() + ".draft");
        this.out = new BufferedOutputStream(Files.newOutputStream(draft));
    }

    OutputStream out() {
        return out;
    }

    void publish() throws IOException {
        out.close();
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
