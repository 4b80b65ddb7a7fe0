package dev.purser.intake;

import dev.purser.intake.Verdict.Status;
import java.util.List;

/**
 * What one chunk of a file adds to its counts.
 *
 * @param bytes how much of the file was read with it
 * @param rowsPerSecond since this reader began
 */
record Progress(long rowsBefore, long accepted, long duplicate, long rejected, long bytes, long rowsPerSecond) {

    static Progress of(long rowsBefore, List<Verdict> verdicts, long bytes, long rowsPerSecond) {
        long accepted = count(verdicts, Status.ACCEPTED);
        long duplicate = count(verdicts, Status.DUPLICATE);
        return new Progress(
                rowsBefore, accepted, duplicate, verdicts.size() - accepted - duplicate, bytes, rowsPerSecond);
    }

    private static long count(List<Verdict> verdicts, Status status) {
        return verdicts.stream().filter(verdict -> verdict.status() == status).count();
    }

    long rows() {
        return accepted + duplicate + rejected;
    }
}
