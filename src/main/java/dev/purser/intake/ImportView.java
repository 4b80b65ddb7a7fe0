package dev.purser.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A dropped file as others read it. {@code rows} is always {@code accepted + duplicate + rejected}: the counts of reading it, which
 * stay when it has been read.
 *
 * @param baseName what its archive and results files are called
 * @param repeats the first import of the very same bytes, or null
 * @param reason why it was quarantined, else null
 * @param bytesRead how much of the file that is
 * @param unbilled its results still lack what the ledger will tell
 * @param rowsPerSecond how fast it is or was read; null before the first rows
 */
public record ImportView(
        long id,
        String claim,
        String fileName,
        String baseName,
        @Nullable String sha256,
        @Nullable Long bytes,
        @Nullable String separator,
        @Nullable Long repeats,
        State state,
        @Nullable String reason,
        long rows,
        long accepted,
        long duplicate,
        long rejected,
        long bytesRead,
        @Nullable Long rowsPerSecond,
        Instant receivedAt,
        Instant rulesAt,
        @Nullable Instant readAt,
        @Nullable Instant resultsAt,
        @Nullable Instant completedAt,
        boolean unbilled) {

    /** How far a file is; OPEN is read, but some of its orders are not final. */
    public enum State {
        READING,
        OPEN,
        COMPLETE,
        QUARANTINED
    }

    /** The day that its archive folder is called after. */
    LocalDate day() {
        return receivedAt.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Seconds until its last row will have been read, as far as its rate tells; 0 when it has been, null when nothing tells. */
    public @Nullable Long etaSeconds() {
        if (state != State.READING) {
            return 0L;
        }
        if (bytes == null || rowsPerSecond == null || rowsPerSecond == 0 || bytesRead == 0) {
            return null;
        }
        double rowsLeft = (double) rows * (bytes - bytesRead) / bytesRead;
        return (long) Math.ceil(rowsLeft / rowsPerSecond);
    }

    // A file that is dropped again is judged by the rules of its first day: a range that was good then has ended by
    // now.
    static final String SELECT = """
            select id, claim, file_name, base_name, sha256, bytes, separator, repeats, state, reason,
                   row_count, accepted, duplicate, rejected, bytes_read, rows_per_second, received_at,
                   coalesce((select first.received_at from import first where first.id = import.repeats), received_at),
                   read_at, results_at, completed_at, unbilled
              from import\s""";

    static ImportView of(@Nullable Object[] row) {
        return new ImportView(
                (Long) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (Long) row[5],
                (String) row[6],
                (Long) row[7],
                State.valueOf((String) row[8]),
                (String) row[9],
                (Long) row[10],
                (Long) row[11],
                (Long) row[12],
                (Long) row[13],
                (Long) row[14],
                (Long) row[15],
                (Instant) row[16],
                (Instant) row[17],
                (Instant) row[18],
                (Instant) row[19],
                (Instant) row[20],
                (Boolean) row[21]);
    }
}
