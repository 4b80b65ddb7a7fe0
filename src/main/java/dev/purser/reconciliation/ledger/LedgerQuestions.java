package dev.purser.reconciliation.ledger;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.cocalc.CoCalc.LedgerQuery;
import dev.purser.reconciliation.ledger.LedgerPull.Broken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What CoCalc is asked about one account's ledger, when the throttle allows. One that gets no answer ends the pull. */
final class LedgerQuestions {

    /** Lines of a page; CoCalc gives no more. */
    static final int PAGE = 500;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final CoCalc cocalc;
    private final Turns turns;
    private final String instance;

    LedgerQuestions(CoCalc cocalc, Turns turns, String instance) {
        this.cocalc = cocalc;
        this.turns = turns;
        this.instance = instance;
    }

    /** Newest first. @param service null: all of them */
    List<LedgerEntry> page(@Nullable Instant cutoff, @Nullable String service, int offset) throws Broken {
        LedgerPage answer = ask(
                new LedgerQuery(PAGE, offset, cutoff == null ? null : cutoff.toString(), service, false),
                "the page of its ledger from line " + offset + " on");
        List<LedgerEntry> page = new ArrayList<>(answer.lines().size());
        for (var line : answer.lines()) {
            page.add(LedgerEntry.of(line, instance)
                    .orElseThrow(() -> new Broken(
                            "a line of the ledger has no readable id, time, service or cost: id " + line.path("id"))));
        }
        return page;
    }

    Census census() throws Broken {
        return Census.of(ask(new LedgerQuery(PAGE, 0, null, null, true), "its count of lines by service"));
    }

    private LedgerPage ask(LedgerQuery query, String what) throws Broken {
        Optional<LedgerPage> page = Optional.empty();
        while (page.isEmpty()) {
            awaitTurn();
            Answer<LedgerPage> answer = cocalc.purchases(query);
            if (answer instanceof Answer.Throttled<LedgerPage> throttled) {
                pause(throttled.retryAfter());
            } else if (answer instanceof Answer.Done<LedgerPage> done) {
                page = Optional.of(done.value());
            } else {
                throw new Broken("CoCalc did not give " + what + ": " + answer.summary());
            }
        }
        return Objects.requireNonNull(page.get());
    }

    private void awaitTurn() throws Broken {
        while (!turns.take()) {
            pause(LOOK_AGAIN);
        }
    }

    private void pause(Duration time) throws Broken {
        if (!turns.pass(time)) {
            throw new Turns.Stopped();
        }
    }
}
