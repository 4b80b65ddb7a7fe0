package dev.purser.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All reconciliations: those that were, and the one that runs. */
@ApplicationScoped
public class Reconciliations {

    private static final Duration A_WHOLE_REPORT = Duration.ofMinutes(30);

    private final Work work;
    private final Runs runs;

    Reconciliations(Work work) {
        this.work = work;
        this.runs = new Runs(work);
    }

    public Optional<Run> find(long id) {
        return runs.find(id);
    }

    /** Newest first. @param before only those with a lower id; null: from the newest on */
    public List<Run> list(@Nullable Long before, int limit) {
        return runs.list(before, limit);
    }

    /** In the order of the report, one by one, however many. */
    public void rows(long run, Consumer<ReportRow> consumer) {
        work.run(A_WHOLE_REPORT, db -> Report.rows(db, run, consumer));
    }
}
