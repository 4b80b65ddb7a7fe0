package dev.purser.reconciliation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one account's ledger, newest first, in pages that overlap: lines that arrive meanwhile push the others down, so each page
 * must have lines that are known, or something lies between. A page that gives no answer ends the pull; what was read is kept.
 */
final class LedgerPull {

    private static final int PAGE = LedgerQuestions.PAGE;

    /** Lines that a page shares with the one before, besides those of one time, whose order is not defined. */
    private static final int OVERLAP = 10;

    /** Pages in a row without anything new: more than as many lines make that may have arrived meanwhile. */
    private static final int MOST_KNOWN = 2 * Recent.MOST / PAGE;

    private static final int PORTION = 5_000;

    /** How early a line can show up that was not there yet: it has the time at which its checkout began. */
    private static final Duration LATE = Duration.ofMinutes(10);

    /** What is read beside: nobody is told how far it is. */
    private static final long UNTOLD = -1;

    private final LedgerQuestions questions;
    private final Shelf shelf;
    private final Progress progress;
    private final Map<Long, LedgerEntry> portion = new LinkedHashMap<>();
    private final Set<Long> running = new HashSet<>();
    private final Recent recent = new Recent();
    private @Nullable Instant newest;
    private long pulled;

    /** A page with fewer lines is the last one. */
    private int full = PAGE;

    /** Who is told how far it is. @see Runs#progress */
    interface Progress {
        void tell(long pulled, long pagesLeft);
    }

    /** Why it cannot go on. */
    static final class Broken extends Exception {
        Broken(String reason) {
            super(reason, null, false, false);
        }
    }

    LedgerPull(LedgerQuestions questions, Shelf shelf, Progress progress) {
        this.questions = questions;
        this.shelf = shelf;
        this.progress = progress;
    }

    /**
     * All lines since then, and what became of older ones that ran.
     *
     * @param cutoff null: all there are
     * @param expected how many there are
     */
    void everything(@Nullable Instant cutoff, long expected) throws Broken {
        pulled = 0;
        read(cutoff, null, expected);
        followEnded(cutoff);
        progress.tell(pulled, 0);
    }

    /** What arrived since the beginning, and what became of the lines that run. */
    void arrivals() throws Broken {
        Instant cutoff = newest;
        read(cutoff, null, UNTOLD);
        followEnded(cutoff);
    }

    /** While a line runs, it is told whatever the cutoff; one that is not told any more has got its cost, at its old place. */
    private void followEnded(@Nullable Instant cutoff) throws Broken {
        if (cutoff != null) {
            for (Shelf.Running ended : shelf.running(cutoff, running)) {
                read(ended.since(), ended.service(), UNTOLD);
            }
        }
    }

    /** A short page is the last one, unless CoCalc counts more. @param service null: all of them */
    private void read(@Nullable Instant cutoff, @Nullable String service, long expected) throws Broken {
        boolean told = expected != UNTOLD;
        int offset = 0;
        int known = 0;
        recent.clear();
        List<LedgerEntry> page = questions.page(cutoff, service, offset);
        if (service == null) {
            newest = newest(page);
            running.clear();
        }
        long fresh = note(page);
        pulled += told ? fresh : 0;
        while (page.size() >= full || !page.isEmpty() && pulled < expected) {
            if (told) {
                progress.tell(pulled, Math.max(0, expected - pulled) / (PAGE - OVERLAP) + 1);
            }
            int size = page.size();
            offset += next(page);
            page = questions.page(cutoff, service, offset);
            fresh = note(page);
            pulled += told ? fresh : 0;
            if (fresh == page.size()) {
                throw new Broken("the pages do not meet: none of the lines from " + offset
                        + " on was on a page before, so lines may lie between");
            }
            known = fresh > 0 ? 0 : known + 1;
            if (known > MOST_KNOWN) {
                throw new Broken("CoCalc gives the same lines again and again, from line " + offset + " on, too");
            }
            if (fresh > 0) {
                full = Math.min(full, size);
            } else if (page.size() < full) {
                break;
            }
        }
        store();
    }

    /** @return how many of them were on none of the pages before */
    private long note(List<LedgerEntry> page) {
        long fresh = 0;
        for (LedgerEntry line : page) {
            portion.put(line.id(), line);
            fresh += recent.add(line.id()) ? 1 : 0;
            if (line.isRunning()) {
                running.add(line.id());
            }
        }
        if (portion.size() >= PORTION) {
            store();
        }
        return fresh;
    }

    /** From when on whatever arrives from now on is told: no line that is new then has an earlier time. */
    private static @Nullable Instant newest(List<LedgerEntry> page) {
        List<Instant> times = page.stream()
                .filter(line -> !line.isRunning())
                .map(LedgerEntry::time)
                .toList();
        if (times.isEmpty()) {
            return null;
        }
        Instant late = times.get(0).minus(LATE);
        Instant last = times.get(times.size() - 1);
        return late.isBefore(last) ? late : last;
    }

    /** How far the next page begins below this one: at the first line of the last time, since lines of one time come in any order. */
    private static int next(List<LedgerEntry> page) {
        Instant last = page.get(page.size() - 1).time();
        int first = page.size();
        while (first > 0 && page.get(first - 1).time().equals(last)) {
            first--;
        }
        return Math.max(page.size() / 2, first - OVERLAP);
    }

    private void store() {
        shelf.put(List.copyOf(portion.values()));
        portion.clear();
    }

    Census census() throws Broken {
        return questions.census();
    }
}
