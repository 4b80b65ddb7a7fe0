package dev.purser.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What goes wrong in one simulated run: up to three kinds at once, or everything, drawn from the seed; calm after the storm. */
final class Faults {

    enum Kind {
        /** No connection: the request never left. */
        NOT_SENT,
        /** The connection broke before CoCalc did anything, or after it did: nobody can tell. */
        ANSWER_LOST,
        /** Our time-out passes first; CoCalc carries the request out afterwards. */
        LATE,
        /** Each answer takes most of our time-out. */
        SLOW,
        /** A page or half a JSON instead of an answer, carried out or not. */
        UNREADABLE,
        /** CoCalc's database is away. */
        DATABASE_DOWN,
        /** The key does not count. */
        NOT_SIGNED_IN,
        /** The network delivers an addition twice. */
        DELIVERED_TWICE,
        /** The network delivers a checkout twice at once. */
        PAID_TWICE,
        KILL,
        STOP,
        TERMINATE,
        /** Our transaction fails, or its commit succeeds and its answer is lost. */
        TRANSACTION,
        /** Our database takes seconds, before a transaction or after it. */
        DATABASE_STALLS,
        /** Somebody adds, ticks, unticks and removes in the same cart. */
        PERSON,
        /** Somebody removes an item of ours. */
        PERSON_REMOVES,
        /** Somebody puts back what was taken out of the cart, by us or by somebody. */
        PERSON_PUTS_BACK,
        /** Somebody presses the pay button in the same cart. */
        PERSON_PAYS,
        /** CoCalc refuses the whole cart for one of our items. */
        POISON,
        /** Somebody cancels orders. */
        CANCELS,
        /** Somebody pauses an account or all, and lets them go on. */
        PAUSES,
        DEARER,
        LITTLE_CREDIT,
        /** An older copy of our database is put back, and every order is sent again. */
        RESTORED
    }

    private final Random random;
    private final Set<Kind> active = EnumSet.noneOf(Kind.class);
    private final double often;
    private boolean calm;

    /** @param always those that strike in every run */
    Faults(Random random, Set<Kind> always) {
        this.random = random;
        int kinds = random.nextInt(6);
        List<Kind> all = new ArrayList<>(List.of(Kind.values()));
        all.addAll(List.of(Kind.LATE, Kind.RESTORED, Kind.RESTORED, Kind.RESTORED));
        if (kinds == 5) {
            active.addAll(all);
        } else {
            for (int i = 0; i < Math.min(kinds, 3); i++) {
                active.add(all.get(random.nextInt(all.size())));
            }
        }
        active.addAll(always);
        often = List.of(0.02, 0.1, 0.3).get(random.nextInt(3));
    }

    Set<Kind> kinds() {
        return active;
    }

    boolean has(Kind kind) {
        return active.contains(kind);
    }

    void calmDown() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    /** Whether this kind strikes now. */
    boolean strikes(Kind kind) {
        return !calm && active.contains(kind) && random.nextDouble() < often;
    }

    /** As {@link #strikes}, and more often: a payment is what most can go wrong with. */
    boolean strikesPayment(Kind kind) {
        return !calm && active.contains(kind) && random.nextDouble() < Math.min(0.5, 4 * often);
    }

    boolean either() {
        return random.nextBoolean();
    }

    int upTo(int bound) {
        return random.nextInt(bound + 1);
    }

    /** Evenly from zero, exclusive. */
    Duration within(Duration longest) {
        return Duration.ofNanos(1 + (long) (random.nextDouble() * longest.toNanos()));
    }

    Duration between(Duration least, Duration most) {
        return least.plus(within(most.minus(least)));
    }
}
