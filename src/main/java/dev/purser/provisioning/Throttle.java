package dev.purser.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * CoCalc's windows for additions to one cart, and likewise for looks into its ledger: at most so many in a second, a minute, an hour, sliding, counted by CoCalc
 * when a request arrives. We count from our side's later moment, the answer, so that ours is never the looser count.
 */
record Throttle(boolean on, int perSecond, int perMinute, int perHour) {

    static final Throttle OFF = new Throttle(false, 0, 0, 0);

    /** For clocks that tick apart a little. */
    private static final Duration MARGIN = Duration.ofMillis(250);

    /** Rather than wait so long in the middle of a batch, what is in the cart is bought. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(3);

    static Throttle parse(String text) {
        if (text.strip().equals("off")) {
            return OFF;
        }
        String[] parts = text.split(",");
        try {
            if (parts.length == 3) {
                Throttle throttle = new Throttle(
                        true,
                        Integer.parseInt(parts[0].strip()),
                        Integer.parseInt(parts[1].strip()),
                        Integer.parseInt(parts[2].strip()));
                if (throttle.perSecond > 0 && throttle.perMinute > 0 && throttle.perHour > 0) {
                    return throttle;
                }
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("PURSER_THROTTLE must be off or three numbers such as 3,15,200");
    }

    /** Between one answer and the next call; 350 ms at three a second. */
    Duration pace() {
        return on ? Duration.ofMillis(1050 / perSecond) : Duration.ZERO;
    }

    /**
     * When each of the next additions may be sent, counted from now: at most {@code wanted}, and only those that follow each
     * other without a long wait and within {@code horizon}. Never empty: the first is always told.
     *
     * @param earlier the additions of the last hour, oldest first
     */
    List<Duration> schedule(List<Instant> earlier, Instant now, int wanted, Duration horizon) {
        List<Instant> counted = new ArrayList<>(earlier);
        List<Duration> schedule = new ArrayList<>();
        Instant at = now;
        while (schedule.size() < Math.max(1, wanted)) {
            Duration wait = untilNext(counted, at);
            Instant next = at.plus(wait);
            boolean apart = wait.compareTo(LONG_WAIT) > 0 || next.isAfter(now.plus(horizon));
            if (!schedule.isEmpty() && apart) {
                break;
            }
            schedule.add(Duration.between(now, next));
            counted.add(next);
            at = next;
        }
        return List.copyOf(schedule);
    }

    boolean isFree(List<Instant> earlier, Instant now) {
        return untilNext(earlier, now).isZero();
    }

    int leftInMinute(List<Instant> earlier, Instant now) {
        return left(earlier, now, perMinute, Duration.ofMinutes(1));
    }

    int leftInHour(List<Instant> earlier, Instant now) {
        return left(earlier, now, perHour, Duration.ofHours(1));
    }

    private static int left(List<Instant> earlier, Instant now, int limit, Duration window) {
        Instant from = now.minus(window).minus(MARGIN);
        int counted = (int) earlier.stream().filter(at -> at.isAfter(from)).count();
        return Math.max(0, limit - counted);
    }

    private Duration untilNext(List<Instant> earlier, Instant now) {
        return on
                ? Collections.max(List.of(
                        untilPaced(earlier, now),
                        untilNext(earlier, now, perMinute, Duration.ofMinutes(1)),
                        untilNext(earlier, now, perHour, Duration.ofHours(1))))
                : Duration.ZERO;
    }

    /** The first addition of a batch keeps its distance from the last one of the batch before. */
    private Duration untilPaced(List<Instant> earlier, Instant now) {
        return earlier.isEmpty()
                ? Duration.ZERO
                : until(earlier.get(earlier.size() - 1).plus(pace()), now);
    }

    private static Duration untilNext(List<Instant> earlier, Instant now, int limit, Duration window) {
        if (earlier.size() < limit || limit == 0) {
            return Duration.ZERO;
        }
        return until(earlier.get(earlier.size() - limit).plus(window).plus(MARGIN), now);
    }

    private static Duration until(Instant then, Instant now) {
        return now.isBefore(then) ? Duration.between(now, then) : Duration.ZERO;
    }
}
