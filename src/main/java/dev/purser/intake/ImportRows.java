package dev.purser.intake;

import dev.purser.intake.Verdict.Status;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows that were not accepted, of each file. What became of the others stands with their orders. */
@ApplicationScoped
class ImportRows {

    private final EntityManager db;

    ImportRows(EntityManager db) {
        this.db = db;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    @Failpoint(Step.ROWS)
    void insert(long importId, List<Verdict> all) {
        List<Verdict> verdicts = all.stream()
                .filter(verdict -> verdict.status() != Status.ACCEPTED)
                .toList();
        if (verdicts.isEmpty()) {
            return;
        }
        db.createNativeQuery("""
                        insert into import_row (import_id, row_no, order_id, status, code, message)
                        select :import, r.row_no, r.order_id, r.status, r.code, r.message
                          from unnest(cast(:rows as bigint[]), cast(:ids as text[]), cast(:statuses as text[]),
                                      cast(:codes as text[]), cast(:messages as text[]))
                               as r (row_no, order_id, status, code, message)""")
                .setParameter("import", importId)
                .setParameter("rows", column(verdicts, verdict -> Long.toString(verdict.row())))
                .setParameter("ids", column(verdicts, Verdict::orderId))
                .setParameter("statuses", column(verdicts, verdict -> word(verdict.status())))
                .setParameter("codes", column(verdicts, Verdict::code))
                .setParameter("messages", column(verdicts, Verdict::message))
                .executeUpdate();
    }

    /** By row number, both ends included; the accepted ones may be lacking. */
    @SuppressWarnings("unchecked")
    @Transactional
    Map<Long, Verdict> between(long importId, long first, long last) {
        List<@Nullable Object[]> rows = db.createNativeQuery("""
                        select row_no, order_id, status, code, message from import_row
                         where import_id = :import and row_no between :first and :last""")
                .setParameter("import", importId)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultList();
        Map<Long, Verdict> verdicts = new HashMap<>();
        for (@Nullable Object[] row : rows) {
            long number = (Long) row[0];
            Status status = Status.valueOf(((String) row[2]).toUpperCase(Locale.ROOT));
            verdicts.put(number, new Verdict(number, (String) row[1], status, (String) row[3], (String) row[4]));
        }
        return verdicts;
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String[] column(List<Verdict> verdicts, Function<Verdict, @Nullable String> field) {
        return verdicts.stream().map(field).toArray(String[]::new);
    }
}
