package dev.purser.reconciliation;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.cocalc.CoCalc.LedgerQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one account's ledger, newest first, in pages that overlap: lines that arrive meanwhile push the others down, so each page
 * must begin with lines that are known, or something lies between. A page that gives no answer ends the pull; what was read is kept.
 */
final class LedgerPull {

    static final int PAGE = 500;

    /** Lines that a page shares with the one before, besides those of one time, whose order is not defined. */
    private static final int OVERLAP = 10;

    private static final int MOST_OVERLAP = PAGE / 2;
    private static final int PORTION = 5_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final CoCalc cocalc;
    private final Shelf shelf;
    private final Turns turns;
    private final String instance;
    private final Progress progress;
    private final Map<Long, LedgerEntry> portion = new LinkedHashMap<>();
    private Set<Long> before = Set.of();
    private Set<Long> newest = Set.of();
    private long pulled;

    /** Who is told how far it is. @see Runs#progress */
    interface Progress {
        void tell(long pulled, long pagesLeft);
    }

    /** Purser stops: the run is left for whoever goes on with it. */
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("Purser was stopped while it read a ledger");
        }
    }

    /** Why it cannot go on. */
    static final class Broken extends Exception {
        Broken(String reason) {
            super(reason, null, false, false);
        }
    }

    LedgerPull(CoCalc cocalc, Shelf shelf, Turns turns, String instance, Progress progress) {
        this.cocalc = cocalc;
        this.shelf = shelf;
        this.turns = turns;
        this.instance = instance;
        this.progress = progress;
    }

    /**
     * All lines since then. A short page is the last one, unless CoCalc counts more.
     *
     * @param cutoff null: all there are
     * @param expected how many there are
     */
    void everything(@Nullable Instant cutoff, long expected) throws Broken {
        int offset = 0;
        List<LedgerEntry> page = page(cutoff, offset);
        newest = ids(page);
        while (page.size() >= PAGE || !page.isEmpty() && pulled < expected) {
            progress.tell(pulled, Math.max(0, expected - pulled) / (PAGE - OVERLAP) + 1);
            long soFar = pulled;
            before = ids(page);
            offset += next(page);
            page = page(cutoff, offset);
            if (page.stream().noneMatch(line -> before.contains(line.id()))) {
                throw new Broken("the pages do not meet: none of the lines from " + offset
                        + " on was on the page before, so lines may lie between");
            }
            if (pulled == soFar && page.size() < PAGE) {
                break;
            }
        }
        store();
        progress.tell(pulled, 0);
    }

    /** What arrived since the beginning: from the newest line down to those that are known. */
    void arrivals() throws Broken {
        Set<Long> known = newest;
        int offset = 0;
        List<LedgerEntry> page = page(null, offset);
        newest = ids(page);
        while (page.size() >= PAGE && page.stream().noneMatch(line -> known.contains(line.id()))) {
            offset += next(page);
            page = page(null, offset);
        }
        store();
    }

    /** How far the next page begins below this one: at the first line of the last time, since lines of one time come in any order. */
    private static int next(List<LedgerEntry> page) {
        Instant last = page.get(page.size() - 1).time();
        int first = page.size();
        while (first > 0 && page.get(first - 1).time().equals(last)) {
            first--;
        }
        return Math.max(0, Math.max(page.size() - MOST_OVERLAP, first - OVERLAP));
    }

    private static Set<Long> ids(List<LedgerEntry> page) {
        Set<Long> ids = new HashSet<>();
        page.forEach(line -> ids.add(line.id()));
        return ids;
    }

    private List<LedgerEntry> page(@Nullable Instant cutoff, int offset) throws Broken {
        LedgerPage answer = ask(
                new LedgerQuery(PAGE, offset, cutoff == null ? null : cutoff.toString(), null, false),
                "the page of its ledger from line " + offset + " on");
        List<LedgerEntry> page = new ArrayList<>(answer.lines().size());
        for (var line : answer.lines()) {
            page.add(LedgerEntry.of(line, instance)
                    .orElseThrow(() -> new Broken(
                            "a line of the ledger has no readable id, time, service or cost: id " + line.path("id"))));
        }
        for (LedgerEntry line : page) {
            if (portion.put(line.id(), line) == null && !before.contains(line.id())) {
                pulled++;
            }
        }
        if (portion.size() >= PORTION) {
            store();
        }
        return page;
    }

    private void store() {
        shelf.put(List.copyOf(portion.values()));
        portion.clear();
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
            throw new Stopped();
        }
    }
}
