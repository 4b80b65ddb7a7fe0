package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Refusal;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.AddIntents.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One batch of additions: written down, then sent, paced, until the first one that leaves a doubt. */
final class Adding {

    /** These words are about the order, not about us. */
    private static final Set<Refusal> ORDER_AT_FAULT = EnumSet.of(Refusal.BAD_REQUEST, Refusal.BAD_ITEM);

    private final Turn turn;
    private final Settings settings;
    private final Pacing pacing;

    /** The batch goes on only after {@link Step#SENT} and {@link Step#REFUSED}. */
    private enum Step {
        SENT,
        REFUSED,
        NOT_SENT,
        DOUBT
    }

    Adding(Turn turn) {
        this.turn = turn;
        this.settings = turn.desk().settings();
        this.pacing = turn.desk().pacing();
    }

    void add(Action.Add add) {
        long observed = pacing.nanos();
        AddIntents intents = turn.store().adds();
        List<Planned> planned = intents.plan(turn.lease(), add.orders());
        if (planned.isEmpty()) {
            return;
        }
        turn.sees(Seen::cartChanged);
        Sent sent = send(planned, add.notBefore(), observed);
        intents.answered(turn.lease(), sent.answers());
        if (sent.stopped() != null) {
            turn.trouble().met(sent.stopped(), sent.retryAfter());
        }
    }

    void giveUp(Action.GiveUpAdds adds) {
        turn.store().adds().giveUp(turn.lease(), adds.adds());
    }

    void adopt(Action.Adopt adopt) {
        turn.store().books().adopt(turn.lease(), adopt.items());
    }

    /**
     * What is known afterwards.
     *
     * @param answers an intent that is lacking stays open
     * @param stopped why the batch was cut short by an answer, or null
     * @param retryAfter how long CoCalc wants to be left alone
     */
    record Sent(List<Answered> answers, @Nullable String stopped, Duration retryAfter) {}

    /** @param notBefore when each addition may be sent, from {@code observed} (nanoseconds of this machine's timer) */
    Sent send(List<Planned> batch, List<Duration> notBefore, long observed) {
        List<Answered> answers = new ArrayList<>();
        List<Long> answeredAt = new ArrayList<>();
        String stopped = null;
        Duration retryAfter = Duration.ZERO;
        boolean goOn = true;
        for (int i = 0; i < batch.size(); i++) {
            Planned planned = batch.get(i);
            // The time is asked for last: a sign of life can take long.
            CoCalc cocalc = goOn && pacing.pass(untilAllowed(i, notBefore, observed)) ? turn.cocalc() : null;
            if (cocalc == null || !isInTime(observed)) {
                goOn = false;
                answers.add(new Answered(planned, Result.NOT_SENT, 0, null));
                answeredAt.add(pacing.nanos());
                continue;
            }
            Answer<Integer> answer = cocalc.addToCart(
                    planned.line().specAt(turn.standing().now()),
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
        return new Sent(withAges(answers, answeredAt), stopped, retryAfter);
    }

    private Duration untilAllowed(int index, List<Duration> notBefore, long observed) {
        Duration allowed = notBefore.get(index).minusNanos(pacing.nanos() - observed);
        Duration pace = index == 0 ? Duration.ZERO : settings.throttle().pace();
        return allowed.compareTo(pace) > 0 ? allowed : pace;
    }

    /** Whoever takes over gives up what was not answered by then. The intent is younger than the observation. */
    private boolean isInTime(long observed) {
        return pacing.nanos() - observed < Settings.ADD_WITHIN.toNanos();
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
