package dev.purser.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison is about, as SQL.
 *
 * @param grace how young an order or a line may be in flight
 * @param lines of {@code ledger_line l}
 * @param changes of {@code ledger_change c}
 * @param times of whatever time is put in place of {@code %s}
 */
public record Scope(long run, Duration grace, String lines, String changes, String times) {

    /** All that is in no closed month, with what has become of sealed lines since. */
    static Scope of(Run run, Duration grace) {
        if (run.range().isOpen()) {
            return new Scope(
                    run.id(),
                    grace,
                    "l.month is null",
                    "c.month is null",
                    "%s >= coalesce((select max(least((month + interval '1 month') at time zone 'UTC', closed_at))"
                            + " from closed_month), '-infinity')");
        }
        return between(
                run.id(),
                grace,
                text(run.range().from(), 0, "-infinity"),
                text(run.range().to(), 1, "infinity"));
    }

    static Scope between(long run, Duration grace, String from, String to) {
        String within = " >= timestamptz '" + from + "' and %s < timestamptz '" + to + "'";
        return new Scope(
                run,
                grace,
                "l.time" + within.replace("%s", "l.time"),
                "c.read_at" + within.replace("%s", "c.read_at"),
                "%1$s" + within.replace("%s", "%1$s"));
    }

    /** All that the closing of this month seals: also what came late for a month that is closed. */
    public static Scope sealing(long run, Duration grace, LocalDate month) {
        String begin = text(month, 0, "");
        String end = text(month.plusMonths(1), 0, "");
        return new Scope(
                run,
                grace,
                "l.month is null and l.time < timestamptz '" + end + "' and l.time >= coalesce((select min(month)"
                        + " from closed_month)::timestamp at time zone 'UTC', timestamptz '" + begin + "')",
                "c.month is null and c.read_at < timestamptz '" + end + "'",
                between(run, grace, begin, end).times());
    }

    private static String text(@Nullable LocalDate day, int later, String otherwise) {
        return day == null
                ? otherwise
                : Instant.from(day.plusDays(later).atStartOfDay(ZoneOffset.UTC)).toString();
    }

    String time(String column) {
        return times.replace("%1$s", column).replace("%s", column);
    }

    String interval() {
        return "interval '" + grace.toSeconds() + " seconds'";
    }
}
