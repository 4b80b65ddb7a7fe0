package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Refusal;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.AddIntents.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends one batch of planned additions, paced, and stops at the first one that leaves a doubt. */
final class Adding {

    /** These words are about the order, not about us. */
    private static final Set<Refusal> ORDER_AT_FAULT = EnumSet.of(Refusal.BAD_REQUEST, Refusal.BAD_ITEM);

    private final CoCalc cocalc;
    private final Settings settings;
    private final Pacing pacing;
    private final Runnable signOfLife;
    private @Nullable String stopped;
    private Duration retryAfter = Duration.ZERO;

    /** The batch goes on only after {@link Step#SENT} and {@link Step#REFUSED}. */
    private enum Step {
        SENT,
        REFUSED,
        NOT_SENT,
        DOUBT
    }

    Adding(CoCalc cocalc, Settings settings, Pacing pacing, Runnable signOfLife) {
        this.cocalc = cocalc;
        this.settings = settings;
        this.pacing = pacing;
        this.signOfLife = signOfLife;
    }

    /**
     * What is known afterwards; an intent that is lacking stays open.
     *
     * @param now the time of the observation
     * @param notBefore when each addition may be sent, from {@code observed} (nanoseconds of this machine's timer)
     */
    List<Answered> send(List<Planned> batch, List<Duration> notBefore, Instant now, long observed) {
        long begun = pacing.nanos();
        List<Answered> answers = new ArrayList<>();
        List<Long> answeredAt = new ArrayList<>();
        boolean goOn = true;
        for (int i = 0; i < batch.size(); i++) {
            Planned planned = batch.get(i);
            goOn = goOn && pacing.pass(untilAllowed(i, notBefore, observed)) && isInTime(begun);
            if (!goOn) {
                answers.add(new Answered(planned, Result.NOT_SENT, 0, null));
                answeredAt.add(pacing.nanos());
                continue;
            }
            signOfLife.run();
            Answer<Integer> answer = cocalc.addToCart(
                    planned.line().specAt(now),
                    planned.line().description(settings),
                    planned.line().projectId());
            Step step = answer.fold(new Reading());
            goOn = step == Step.SENT || step == Step.REFUSED;
            if (step != Step.DOUBT) {
                answers.add(new Answered(planned, result(step), 0, refusal(answer)));
                answeredAt.add(pacing.nanos());
            } else if (answer instanceof Answer.Refused<Integer> no && no.refusal() == Refusal.UNLISTED) {
                // What it says while its database is away is not about the order.
                answers.add(new Answered(planned, null, 0, no.text()));
                answeredAt.add(pacing.nanos());
            }
            if (!goOn) {
                stopped = answer.summary();
                retryAfter =
                        answer instanceof Answer.Throttled<Integer> throttled ? throttled.retryAfter() : Duration.ZERO;
            }
        }
        return withAges(answers, answeredAt);
    }

    /** How long CoCalc wants to be left alone. */
    Duration retryAfter() {
        return retryAfter;
    }

    private Duration untilAllowed(int index, List<Duration> notBefore, long observed) {
        Duration allowed = notBefore.get(index).minusNanos(pacing.nanos() - observed);
        Duration pace = index == 0 ? Duration.ZERO : settings.throttle().pace();
        return allowed.compareTo(pace) > 0 ? allowed : pace;
    }

    /** Why the batch was cut short by an answer, or null. */
    @Nullable
    String stopped() {
        return stopped;
    }

    private boolean isInTime(long begun) {
        return pacing.nanos() - begun < Settings.ADD_WITHIN.toNanos();
    }

    private List<Answered> withAges(List<Answered> answers, List<Long> answeredAt) {
        long now = pacing.nanos();
        List<Answered> aged = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Answered answer = answers.get(i);
            long millis = Duration.ofNanos(now - answeredAt.get(i)).toMillis();
            aged.add(new Answered(answer.planned(), answer.result(), millis, answer.words()));
        }
        return aged;
    }

    private static Result result(Step step) {
        return switch (step) {
            case SENT -> Result.ADDED;
            case REFUSED -> Result.REFUSED;
            case NOT_SENT, DOUBT -> Result.NOT_SENT;
        };
    }

    private static @Nullable String refusal(Answer<Integer> answer) {
        return answer instanceof Answer.Refused<Integer> refused && ORDER_AT_FAULT.contains(refused.refusal())
                ? refused.text()
                : null;
    }

    private static final class Reading implements Answer.Cases<Integer, Step> {
        @Override
        public Step done(Integer rows) {
            return Step.SENT;
        }

        @Override
        public Step refused(Refusal refusal, String text) {
            if (ORDER_AT_FAULT.contains(refusal)) {
                return Step.REFUSED;
            }
            return refusal == Refusal.UNLISTED || refusal == Refusal.DATABASE_DOWN ? Step.DOUBT : Step.NOT_SENT;
        }

        @Override
        public Step throttled(Duration retryAfter) {
            return Step.NOT_SENT;
        }

        @Override
        public Step notSignedIn(String text) {
            return Step.NOT_SENT;
        }

        @Override
        public Step notSent(String detail) {
            return Step.NOT_SENT;
        }

        @Override
        public Step unknown(String detail) {
            return Step.DOUBT;
        }
    }
}
