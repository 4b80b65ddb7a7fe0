package dev.purser.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that come by HTTP: from their arrival on they are as those that were dropped. */
@ApplicationScoped
public class Uploads {

    public static final String NAME_HINT =
            "a file name such as orders.csv, of at most 200 characters, without slashes and not beginning with a dot";

    private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,199}");
    private static final String CSV = ".csv";

    private final FileDesk desk;

    Uploads(FileDesk desk) {
        this.desk = desk;
    }

    /**
     * Keeps the whole file, then begins to read it. When this returns, the file is as safe as a dropped one.
     *
     * @param name what the file is called, for its results; empty when it is no name
     */
    public Optional<ImportView> receive(String name, InputStream content) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(desk.receive(new DropName(name).isCsv() ? name : name + CSV, content));
    }
}
