package dev.purser.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What a file in the inbox is called, without folders: its name says what is meant to be done with it. */
record DropName(String text) {

    private static final String CSV = ".csv";
    private static final String MARK = ".done";
    /** What editors, browsers and SFTP clients call what they have not finished. */
    private static final Set<String> UNFINISHED = Set.of(
            "tmp",
            "temp",
            "part",
            "partial",
            "filepart",
            "crdownload",
            "download",
            "upload",
            "uploading",
            "writing",
            "inprogress",
            "swp",
            "lock",
            "lck");

    private static final int LONGEST_STEM = 180;

    static DropName of(String file) {
        return new DropName(file.substring(file.lastIndexOf('/') + 1));
    }

    boolean isCsv() {
        return text.toLowerCase(Locale.ROOT).endsWith(CSV) && !text.startsWith(".");
    }

    /** Hidden, half a copy by its name, or a mark: it means something to somebody else, and stays where it is. */
    boolean isUnfinished() {
        return text.startsWith(".")
                || text.startsWith("~$")
                || text.endsWith("~")
                || text.endsWith(MARK)
                || UNFINISHED.contains(text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** What its results are called after: without the ending when it is a CSV. */
    String base() {
        return isCsv() ? text.substring(0, text.length() - CSV.length()) : text;
    }

    /** What stands behind such a base in the folders beside the inbox. */
    String ending() {
        return isCsv() ? CSV : "";
    }

    static String markOf(String place) {
        return place + MARK;
    }

    /** File systems end a name at 255 bytes, and ours have a few words more than the partner's. */
    String shortened() {
        String stem = base();
        while (stem.getBytes(StandardCharsets.UTF_8).length > LONGEST_STEM) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + text.substring(base().length());
    }
}
