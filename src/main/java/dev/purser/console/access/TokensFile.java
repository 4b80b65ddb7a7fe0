package dev.purser.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tokens as the file has them now: it is read again when it changes. While it cannot be read nobody comes in, because a
 * token may have been taken back.
 */
final class TokensFile {

    private static final Logger LOG = Logger.getLogger(TokensFile.class);

    private final Path path;
    private @Nullable Version version;
    private Tokens tokens = Tokens.NONE;

    TokensFile(Path path) {
        this.path = path;
    }

    synchronized Tokens now() {
        Version found = Version.of(path);
        if (!found.equals(version)) {
            version = found;
            tokens = read();
        }
        return tokens;
    }

    private Tokens read() {
        try {
            Tokens read = Tokens.parse(Files.readAllLines(path));
            read.mistakes().forEach(mistake -> LOG.errorf("%s: %s; it opens nothing", path, mistake));
            LOG.infof("%s: %d tokens", path, read.holders().size());
            return read;
        } catch (IOException e) {
            LOG.errorf(
                    "%s cannot be read as UTF-8 text (%s); until it can, nobody comes in",
                    path, e.getClass().getSimpleName());
            return Tokens.NONE;
        }
    }

    /** Everything by which a changed file differs without being read. */
    private record Version(
            @Nullable FileTime time, long size, @Nullable Object key) {

        static Version of(Path path) {
            try {
                BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
                return new Version(file.lastModifiedTime(), file.size(), file.fileKey());
            } catch (IOException notThere) {
                return new Version(null, -1, null);
            }
        }
    }
}
