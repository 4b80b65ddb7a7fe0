package dev.purser.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file to read. @param fleeting whether it was fetched for that, and is let go afterwards */
record LocalCopy(Path path, boolean fleeting) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        if (fleeting) {
            Files.deleteIfExists(path);
        }
    }
}
