package dev.purser.reconciliation;

import dev.purser.reconciliation.sql.Work;
import java.time.Duration;
import java.util.Optional;

/**
 * The reports that are kept: those of the newest runs, and of each closed month. Of an older run its totals stay, and its rows go;
 * nothing else is ever deleted, and what they were made of is all there.
 */
public final class Archive {

    /** Who begins the run that a closed month is sealed by. */
    public static final String MONTH_CLOSE = "month close";

    private static final Duration A_MILLION_ROWS = Duration.ofMinutes(20);

    private static final String NEXT = """
            update reconciliation set weeded_at = now()
             where id = (select id from reconciliation
                          where state = 'COMPLETED' and actor <> ? and weeded_at is null
                            and id not in (select id from reconciliation where state = 'COMPLETED' and actor <> ?
                                            order by id desc limit ?)
                          order by id limit 1)
            returning id""";

    private final Work work;
    private final int kept;

    /** @param kept of how many of the newest runs the rows are kept */
    Archive(Work work, int kept) {
        this.work = work;
        this.kept = kept;
    }

    /** @return of how many runs the rows went */
    int weed() {
        int runs = 0;
        while (weedOne().isPresent()) {
            runs++;
        }
        return runs;
    }

    private Optional<Long> weedOne() {
        return work.call(A_MILLION_ROWS, db -> {
            Optional<Long> old = db.first(NEXT, row -> row.getLong(1), MONTH_CLOSE, MONTH_CLOSE, kept);
            old.ifPresent(run -> db.update("delete from reconciliation_row where run_id = ?", run));
            return old;
        });
    }
}
