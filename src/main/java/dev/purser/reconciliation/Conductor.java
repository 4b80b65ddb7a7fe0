package dev.purser.reconciliation;

import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.outcomes.Announcement;
import dev.purser.provisioning.Settlement.Proven;
import dev.purser.reconciliation.Run.Phase;
import dev.purser.reconciliation.ledger.AccountPull;
import dev.purser.reconciliation.ledger.Pulled;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes one run from the pull to its end. Only when every account's ledger is whole, anything is concluded. */
final class Conductor {

    private static final Duration A_MILLION_LINES = Duration.ofMinutes(20);
    private static final Duration TO_BE_KNOWN = Duration.ofSeconds(15);
    private static final int PORTION = 500;

    /** Looked for at once, since looking for them reads the whole report. */
    private static final int UNBOOKED_AT_ONCE = 20_000;

    /** What the engine has not booked. */
    private static final String UNBOOKED = """
            select r.order_ref, r.purchase_id, r.purchase_time, r.billed_cents, r.cart_item_id, r.license_id
              from reconciliation_row r join orders o on o.id = r.order_ref
             where r.run_id = ? and r.order_ref > ? and o.purchase_id is null and r.purchase_id is not null
               and r.finding in ('MATCHED', 'AMOUNT_DIFFERS', 'PERIOD_DIFFERS', 'BILLED_NO_LICENSE')
             order by r.order_ref limit ?""";

    private final Work work;
    private final Runs runs;
    private final Outside outside;
    private final Duration grace;

    /** The rest of the house, as far as a run needs it. */
    interface Outside {
        List<PurchasingAccount> accounts();

        /** Why some of the configuration are not among them. */
        Optional<String> unknownAccounts(Duration patience);

        Pulled pull(PurchasingAccount account, AccountPull.Reporter reporter);

        void heal(PurchasingAccount account);

        void book(List<Proven> purchases);

        /** In the transaction that is open. */
        void announce(List<Announcement> announcements);
    }

    Conductor(Work work, Runs runs, Outside outside, Duration grace) {
        this.work = work;
        this.runs = runs;
        this.outside = outside;
        this.grace = grace;
    }

    void conduct(Run run) {
        List<String> proofs = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        outside.unknownAccounts(TO_BE_KNOWN).ifPresent(reasons::add);
        List<PurchasingAccount> accounts = reasons.isEmpty() ? outside.accounts() : List.of();
        long[] pulled = {0, 0};
        for (PurchasingAccount account : accounts) {
            Pulled answer = outside.pull(account, reporter(run, pulled));
            answer.fold(proofs::add, reasons::add);
            if (!reasons.isEmpty()) {
                break;
            }
        }
        if (!reasons.isEmpty()) {
            giveUp(run, String.join("; ", reasons));
            return;
        }
        runs.prove(run.id(), String.join("; ", proofs));
        runs.phase(run.id(), Phase.HEALING);
        accounts.forEach(outside::heal);
        runs.phase(run.id(), Phase.COMPARING);
        work.run(A_MILLION_LINES, db -> {
            db.update("delete from reconciliation_row where run_id = ?", run.id());
            db.update("delete from reconciliation_total where run_id = ?", run.id());
            Comparison.write(db, Scope.of(run, grace));
        });
        bookWhatIsNot(run);
        work.run(A_MILLION_LINES, db -> {
            Docket.keep(db, run);
            announceAll(
                    after -> Docket.opened(db, run.id(), after, PORTION), each -> Announcements.opened(each, run.id()));
            announceAll(
                    after -> Docket.closed(db, run.id(), after, PORTION), each -> Announcements.closed(each, run.id()));
            runs.completed(db, run.id());
            announceEnd(db, run.id());
        });
    }

    /** Whoever waits for the run is told in the same transaction that it ended. */
    void giveUp(Run run, String reason) {
        work.run(A_MILLION_LINES, db -> {
            runs.incomplete(db, run.id(), reason);
            announceEnd(db, run.id());
        });
    }

    private void announceEnd(Statements db, long id) {
        Run ended = Runs.find(db, id).orElseThrow();
        outside.announce(List.of(Announcements.completed(ended, Objects.requireNonNull(ended.finishedAt()))));
    }

    private void announceAll(Function<Long, List<Discrepancy>> next, Function<Discrepancy, Announcement> telling) {
        long after = 0;
        List<Discrepancy> portion = next.apply(after);
        while (!portion.isEmpty()) {
            outside.announce(portion.stream().map(telling).toList());
            after = portion.get(portion.size() - 1).id();
            portion = next.apply(after);
        }
    }

    private void bookWhatIsNot(Run run) {
        long after = 0;
        List<Proven> portion = unbooked(run, after);
        while (!portion.isEmpty()) {
            for (int from = 0; from < portion.size(); from += PORTION) {
                outside.book(portion.subList(from, Math.min(portion.size(), from + PORTION)));
            }
            after = portion.get(portion.size() - 1).orderRef();
            portion = unbooked(run, after);
        }
    }

    private List<Proven> unbooked(Run run, long after) {
        return work.call(
                A_MILLION_LINES, db -> db.list(UNBOOKED, Conductor::proven, run.id(), after, UNBOOKED_AT_ONCE));
    }

    private static Proven proven(ResultSet row) throws SQLException {
        return new Proven(
                row.getLong("order_ref"),
                new LedgerLine(
                        row.getLong("purchase_id"),
                        Objects.requireNonNull(Statements.instant(row, "purchase_time")),
                        Money.ofCents(row.getLong("billed_cents")),
                        Statements.number(row, "cart_item_id"),
                        row.getObject("license_id", UUID.class),
                        null));
    }

    /** @param pulled of the accounts before: lines read, lines there were to read */
    private AccountPull.Reporter reporter(Run run, long[] pulled) {
        long readBefore = pulled[0];
        long expectedBefore = pulled[1];
        return new AccountPull.Reporter() {
            @Override
            public long run() {
                return run.id();
            }

            @Override
            public @Nullable Instant from() {
                LocalDate day = run.range().from();
                return day == null ? null : day.atStartOfDay().toInstant(ZoneOffset.UTC);
            }

            @Override
            public void stage(AccountPull.Stage stage) {
                runs.phase(run.id(), Phase.valueOf(stage.name()));
            }

            @Override
            public void progress(long read, long expected, Duration eta) {
                pulled[0] = readBefore + read;
                pulled[1] = expectedBefore + expected;
                runs.progress(run.id(), pulled[0], pulled[1], eta);
            }

            @Override
            public void signOfLife() {
                runs.signOfLife(run.id());
            }
        };
    }
}
