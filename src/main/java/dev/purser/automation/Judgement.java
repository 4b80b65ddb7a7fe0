package dev.purser.automation;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.Refusal;
import java.time.Duration;
import java.util.function.Function;

/**
 * What an answer of CoCalc means for a command: a no is final, what was not heard or may be asked twice is asked again.
 *
 * @param account the purchasing account that asked
 * @param right what the account may lack when CoCalc forbids it
 * @param repeat what it means to ask once more
 * @param done what a yes comes to
 */
record Judgement<T>(String account, String right, Repeat repeat, Function<T, Tried> done)
        implements Answer.Cases<T, Tried> {

    /** What it would mean to ask once more when nobody knows what came of asking. */
    enum Repeat {
        /** It reads, or what it does is then done already. */
        CHANGES_NOTHING,
        /** The same, and a project that is being started answers with errors of all kinds meanwhile. */
        CHANGES_NOTHING_WHILE_A_PROJECT_STARTS,
        /** It could do something for a second time. */
        DOES_IT_AGAIN
    }

    Judgement(String account, String right, Function<T, Tried> done) {
        this(account, right, Repeat.CHANGES_NOTHING, done);
    }

    @Override
    public Tried done(T value) {
        return done.apply(value);
    }

    @Override
    public Tried refused(Refusal refusal, String text) {
        String said = "CoCalc refused: " + text + ". ";
        return switch (refusal) {
            case DATABASE_DOWN -> new Tried.Again(Obstacle.DATABASE_DOWN, "CoCalc's database is away: " + text, null);
            case FORBIDDEN -> new Tried.Failed("forbidden", said + right);
            case NOT_FOUND ->
                new Tried.Failed("not_found", said + "There is no such thing at CoCalc; correct the command.");
            case NO_ACCOUNT ->
                new Tried.Failed(
                        "no_account",
                        said + "The key of the purchasing account " + account
                                + " is that of a project; put an account's key in its place.");
            case BAD_REQUEST ->
                new Tried.Failed("bad_request", said + "Correct the command's data and send it under a new id.");
            case NOT_SERVED ->
                new Tried.Failed(
                        "not_served",
                        said + "This CoCalc does not have the call, or PURSER_COCALC_URL does not end in /api/v2.");
            case INSUFFICIENT_CREDIT, BAD_ITEM, UNLISTED ->
                repeat == Repeat.CHANGES_NOTHING_WHILE_A_PROJECT_STARTS
                        ? new Tried.Again(Obstacle.REFUSED_BY_COCALC, "CoCalc refused: " + text, null)
                        : new Tried.Failed(
                                "refused_by_cocalc",
                                said + "Purser does not know these words: do what they say, or ask CoCalc's support.");
        };
    }

    @Override
    public Tried throttled(Duration wait) {
        return new Tried.Again(
                Obstacle.THROTTLED, "CoCalc takes no more such questions for " + wait.toSeconds() + " s", wait);
    }

    @Override
    public Tried notSignedIn(String text) {
        return new Tried.Again(
                Obstacle.NOT_SIGNED_IN,
                "CoCalc does not accept the key of the purchasing account " + account
                        + ", lacks a right of it, or its database is down (the words are the same): " + text,
                null);
    }

    @Override
    public Tried notSent(String detail) {
        return new Tried.Again(Obstacle.NOT_SENT, "CoCalc could not be asked: " + detail, null);
    }

    @Override
    public Tried unknown(String detail) {
        return repeat == Repeat.DOES_IT_AGAIN
                ? new Tried.Failed(
                        "unknown_outcome",
                        "CoCalc gave no clear answer: " + detail
                                + ". It may or may not have done it, and asking again could"
                                + " do it twice: look at CoCalc, and send the command under a new id if it is still wanted.")
                : new Tried.Again(Obstacle.NO_ANSWER, "CoCalc gave no clear answer: " + detail, null);
    }
}
