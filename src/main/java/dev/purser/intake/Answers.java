package dev.purser.intake;

import java.util.List;
import java.util.Set;

/** What became of the rows of one kind of file. */
interface Answers {

    /** What a results file adds to the columns of the dropped one. */
    List<String> columns();

    /** What can become of a row that was accepted. */
    Set<ResultRow.Status> outcomes();

    /** The column that a row is known by. */
    String key();

    /** Whether anything of the file has not ended. */
    boolean hasOpen(long importId);

    /** @param verdicts of the same rows, in the same order; @param keys the names of their cells */
    List<? extends ResultRow> of(List<CsvRow> rows, List<Verdict> verdicts, List<String> keys);
}
