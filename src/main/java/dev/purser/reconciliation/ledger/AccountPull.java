package dev.purser.reconciliation.ledger;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.reconciliation.ledger.LedgerPull.Broken;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pulls all that CoCalc says about one purchasing account, and proves that nothing is lacking. Licenses come first, so that each of
 * them must have its line in the ledger that is read afterwards. The identity comes first, since what another account's key reads
 * would stay in this one's ledger, and last, since a key that was revoked meanwhile makes answers empty.
 */
public final class AccountPull {

    private static final Duration LONG = Duration.ofMinutes(5);

    /** While lines keep arriving, the count is a moment behind. */
    private static final int MOST_COUNTS = 8;

    /** After so many counts it is not arrivals that are lacking: lines of one time, more than a page overlaps, come in another order each time. */
    private static final int ARRIVALS = 3;

    /** Lines that are read once more before the pull is given up; the throttle lets more of them take hours. */
    private static final long SOON_READ = 10_000;

    private final Work work;
    private final CoCalc cocalc;
    private final PurchasingAccount account;
    private final Turns turns;
    private final String instance;
    private final Reporter reporter;

    public enum Stage {
        LICENSES,
        LEDGER,
        PROOF
    }

    /** The run that a pull belongs to, as far as it asks and tells. */
    public interface Reporter {
        long run();

        /** From when on lines are wanted; null: all that is not known. */
        @Nullable
        Instant from();

        void stage(Stage stage);

        void progress(long pulled, long expected, Duration eta);

        void signOfLife();
    }

    public AccountPull(
            Work work, CoCalc cocalc, PurchasingAccount account, Turns turns, String instance, Reporter reporter) {
        this.work = work;
        this.cocalc = cocalc;
        this.account = account;
        this.turns = turns;
        this.instance = instance;
        this.reporter = reporter;
    }

    public Pulled pull() {
        try {
            return new Pulled.Whole(account.name() + ": " + pulled());
        } catch (Broken e) {
            return new Pulled.Incomplete(account.name() + ": " + e.getMessage());
        }
    }

    private String pulled() throws Broken {
        identity("");
        Instant began = work.soon(db -> db.first(
                        "select clock_timestamp() as at", row -> Objects.requireNonNull(Statements.instant(row, "at")))
                .orElseThrow());
        reporter.stage(Stage.LICENSES);
        LicensePull licenses = new LicensePull(work, cocalc, account.id(), instance, reporter.run());
        List<String> unproven = new ArrayList<>();
        licenses.licenses(reporter::signOfLife).ifPresent(unproven::add);
        boolean licensesTold = unproven.isEmpty();
        licenses.subscriptions().ifPresent(unproven::add);

        reporter.stage(Stage.LEDGER);
        Shelf shelf = new Shelf(work, account.id());
        Proof proof = ledger(shelf);
        if (licensesTold) {
            licenses.missing();
        }
        identity(" afterwards");
        shelf.known(began, licensesTold ? reporter.run() : null);
        unproven.addAll(proof.unproven());
        return shelf.count() + " lines, the pages meet"
                + (unproven.isEmpty()
                        ? ", CoCalc counts as many of each service, and their sum is its balance"
                        : "; not proven: " + String.join("; ", unproven));
    }

    private Proof ledger(Shelf shelf) throws Broken {
        // Filled in below: the pull tells its pages, and how long they take is known here.
        long[] expected = {0};
        LedgerPull pull = new LedgerPull(
                new LedgerQuestions(cocalc, turns, instance),
                shelf,
                (read, pages) -> reporter.progress(read, expected[0], turns.lasting(pages)));
        Census census = pull.census();
        Instant cutoff = shelf.cutoff(reporter.from());
        expected[0] =
                cutoff == null ? census.lines() : Math.max(0, census.lines() - shelf.count()) + shelf.count(cutoff);
        pull.everything(cutoff, expected[0]);

        reporter.stage(Stage.PROOF);
        for (int count = 1; ; count++) {
            reporter.signOfLife();
            Census told = pull.census();
            Proof proof = work.call(LONG, db -> Proof.of(db, account.id(), told));
            if (proof.counted() && proof.objections().isEmpty()) {
                return proof;
            }
            boolean last = count == MOST_COUNTS;
            if (last && cutoff == null) {
                shelf.doubt();
                throw new Broken(String.join("; ", proof.objections()));
            }
            if (count < ARRIVALS || expected[0] > SOON_READ && !last) {
                pull.arrivals();
                continue;
            }
            if (cutoff != null && (last || told.lines() <= SOON_READ)) {
                // What is lacking is older than what was asked for: somebody has booked it late, or CoCalc has changed
                // it.
                cutoff = null;
                expected[0] = told.lines();
                count = last ? 0 : count;
            }
            pull.everything(cutoff, expected[0]);
        }
    }

    private void identity(String when) throws Broken {
        Answer<CoCalc.Identity> answer = cocalc.identity();
        if (!(answer instanceof Answer.Done<CoCalc.Identity> done)) {
            throw new Broken("CoCalc did not say" + when + " whose the key is: " + answer.summary());
        }
        if (!done.value().accountId().equals(account.id())) {
            throw new Broken(
                    "the key belongs to another CoCalc account, " + done.value().accountId() + ", not to "
                            + account.id() + "; put a key of that one back, or give the new account a new name");
        }
    }
}
