package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import dev.purser.intake.DropUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether files can be taken from the drop, and results be put beside it. */
final class DropCheck implements Check {

    private static final String AREA = "drop";

    private final Settings settings;

    DropCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Finding> look() {
        String uri = settings.find("purser.drop-uri").orElse("file:data/inbox");
        try {
            return List.of(place(new DropUri(uri)));
        } catch (IllegalArgumentException refused) {
            return List.of(Finding.misconfigured(
                    AREA, "Purser does not start with this PURSER_DROP_URI.", refused.getMessage() + "."));
        }
    }

    private static Finding place(DropUri uri) {
        return uri.isLocal()
                ? folder(uri.folder().toAbsolutePath().normalize())
                : Finding.ok(AREA, "PURSER_DROP_URI leads to another machine; it is tried when Purser starts.");
    }

    private static Finding folder(Path inbox) {
        List<Path> folders = Stream.concat(
                        Stream.of(inbox),
                        Stream.of("archive", "results", "quarantine").map(inbox::resolveSibling))
                .filter(folder -> !mayBeWrittenTo(folder))
                .toList();
        return folders.isEmpty()
                ? Finding.ok(
                        AREA,
                        "CSV files are taken from " + inbox
                                + (Files.exists(inbox) ? "." : ", which is made at the start."))
                : Finding.misconfigured(
                        AREA,
                        "Purser may not write to " + folders.get(0) + ".",
                        "Give " + System.getProperty("user.name")
                                + " the right to, or set PURSER_DROP_URI to another place, such as file:/var/lib/purser/inbox.");
    }

    /** Itself, or what is there of the way to it: the rest is made. */
    private static boolean mayBeWrittenTo(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null
                ? Files.isDirectory(folder) && Files.isWritable(folder)
                : mayBeWrittenTo(parent);
    }
}
