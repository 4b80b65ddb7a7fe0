package dev.purser.automation;

import java.time.Duration;
import java.util.Locale;

/** What keeps a command from being done just now, and how often it is tried before a person is told. */
enum Obstacle {
    /** No connection to CoCalc, or a key about which CoCalc was not asked yet. */
    NOT_SENT(
            Integer.MAX_VALUE,
            "See that PURSER_COCALC_URL is reached from here and that the key of the account counts (/api/v1/accounts)."),
    THROTTLED(Integer.MAX_VALUE, "Send it again later, with a longer ttl."),
    /** The words for a bad key are those for a database that is down; the latter comes back by itself, mostly within a minute. */
    NOT_SIGNED_IN(
            6, "See /api/v1/accounts: put a new key of the account into its key file, or give it the right it lacks."),
    DATABASE_DOWN(8, "CoCalc's own database is away; send it again when CoCalc is well."),
    /** What was begun is under way, and is looked at again. */
    STILL_RUNNING(Integer.MAX_VALUE, "It goes on: see /api/v1/reconciliations."),
    /** The answer was lost, or is no answer of CoCalc's API, as a gateway's page is none. */
    NO_ANSWER(
            5,
            "See that PURSER_COCALC_URL leads to CoCalc's API v2 and that CoCalc is well, then send it again. A stop or a"
                    + " compile may have been done all the same."),
    /** In words that nobody has recorded: a project that starts answers with errors of all kinds for some seconds. */
    REFUSED_BY_COCALC(
            4, "Do what CoCalc's words say; where the project was only starting, send it again under a new id.");

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final int tries;
    private final String advice;

    Obstacle(int tries, String advice) {
        this.tries = tries;
        this.advice = advice;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person can do when it has stayed. */
    String advice() {
        return advice;
    }

    boolean staysAfter(int attempts) {
        return attempts >= tries;
    }

    /** Twice as long each time, up to a minute. */
    static Duration pause(int attempts) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }
}
